import { describe, expect, it } from '@jest/globals';
import { parseSettings } from './settings.js';

const KEY = Buffer.alloc(32, 7);
const DEVELOPMENT = {
  DATABASE_URL: 'postgres://u:p@127.0.0.1:5432/db',
  SESSION_SECRET: 's'.repeat(32),
  ENCRYPTION_KEY: KEY.toString('base64'),
};
const PRODUCTION = { ...DEVELOPMENT, NODE_ENV: 'production', PUBLIC_URL: 'https://atlas.example' };

function faultsOf(env: NodeJS.ProcessEnv): string {
  try {
    parseSettings(env);
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}

describe('parseSettings', () => {
  it('fills in what does not matter, and freezes the answer', () => {
    const settings = parseSettings(DEVELOPMENT);
    expect(settings).toMatchObject({
      environment: 'development',
      port: 3000,
      host: '127.0.0.1',
      publicUrl: 'http://127.0.0.1:3000',
      trustProxy: false,
      graph: { graphOrigin: 'https://graph.microsoft.com', loginAuthority: 'https://login.microsoftonline.com' },
    });
    expect(settings.encryptionKey.equals(KEY)).toBe(true);
    expect('redisUrl' in settings).toBe(false);
    expect(Object.isFrozen(settings) && Object.isFrozen(settings.graph)).toBe(true);
  });

  it.each([
    [{ PORT: '80' }, 'http://127.0.0.1'],
    [{ PUBLIC_URL: 'https://Atlas.Example:443/' }, 'https://atlas.example'],
    [{ PUBLIC_URL: ' https://[2001:DB8::1]:8443 ' }, 'https://[2001:db8::1]:8443'],
  ])('writes the public address as browsers do: %j', (env, publicUrl) => {
    expect(parseSettings({ ...DEVELOPMENT, ...env }).publicUrl).toBe(publicUrl);
  });

  it('takes the key in hexadecimal too', () => {
    expect(parseSettings({ ...DEVELOPMENT, ENCRYPTION_KEY: KEY.toString('hex') }).encryptionKey.equals(KEY)).toBe(true);
  });

  it('names every missing setting at once', () => {
    expect(faultsOf({}).split('\n')).toEqual([
      'DATABASE_URL is missing.',
      'SESSION_SECRET is missing.',
      'ENCRYPTION_KEY is missing.',
    ]);
    expect(faultsOf({ ...PRODUCTION, PUBLIC_URL: ' ' })).toBe('PUBLIC_URL is missing.');
  });

  it.each([
    ['PORT', '70000'],
    ['PORT', '3e3'],
    ['NODE_ENV', 'prod'],
    ['DATABASE_URL', 'mysql://u:hunter2@h/db'],
    ['DATABASE_URL', 'postgres://u:hunter2%@h/db'],
    ['REDIS_URL', 'hunter2'],
    ['REDIS_URL', 'redis://:hunter2%zz@h'],
    ['SESSION_SECRET', 'hunter2'],
    ['ENCRYPTION_KEY', 'hunter2'],
    ['PUBLIC_URL', 'https://atlas.example/hunter2'],
    ['PUBLIC_URL', 'https://atlas.example?hunter2'],
    ['PUBLIC_URL', 'https://hunter2@atlas.example'],
    ['TRUST_PROXY', 'yes'],
    ['LOG_LEVEL', 'loud'],
    ['SMTP_URL', 'https://u:hunter2@mail.example'],
    ['WEBHOOK_ALLOWED_NETWORKS', '10.0.0.0/8,hunter2'],
    ['WEBHOOK_ALLOWED_NETWORKS', '10.0.0.0/33'],
    ['WEBHOOK_ALLOWED_NETWORKS', '10.0.0.0'],
  ])('names %s when it is wrong, and does not show its value', (name, value) => {
    const words = faultsOf({ ...DEVELOPMENT, [name]: value });
    expect(words).toMatch(new RegExp(`^${name} must [^\\n]+\\.$`));
    expect(words).not.toContain('hunter2');
  });

  it('takes several former keys, and names them when one is wrong without showing it', () => {
    expect(parseSettings(DEVELOPMENT).formerEncryptionKeys).toEqual([]);
    const former = `${'ab'.repeat(32)} , ${KEY.toString('base64')}`;
    expect(parseSettings({ ...DEVELOPMENT, FORMER_ENCRYPTION_KEYS: former }).formerEncryptionKeys).toEqual([
      Buffer.alloc(32, 0xab),
      KEY,
    ]);
    const words = faultsOf({ ...DEVELOPMENT, FORMER_ENCRYPTION_KEYS: `${former},hunter2` });
    expect(words).toMatch(/^FORMER_ENCRYPTION_KEYS must [^\n]+\.$/);
    expect(words).not.toContain('hunter2');
  });

  it('keeps the credentials of Graph connections, and no other variable', () => {
    const { graphCredentials } = parseSettings({ ...DEVELOPMENT, GRAPH_CREDENTIAL_A: 'x', GRAPH_CREDENTIAL_B: ' ' });
    expect(graphCredentials).toEqual({ GRAPH_CREDENTIAL_A: 'x' });
  });

  it('signs in with Microsoft accounts only with all of an app registration', () => {
    expect('oidc' in parseSettings(DEVELOPMENT)).toBe(false);
    const id = '11111111-1111-4111-8111-11111111111A';
    expect(faultsOf({ ...DEVELOPMENT, OIDC_CLIENT_ID: id })).toBe(
      'OIDC_CLIENT_SECRET is missing.\nOIDC_TENANT_ID is missing.',
    );
    const all = { OIDC_CLIENT_ID: id, OIDC_CLIENT_SECRET: 'hunter2', OIDC_TENANT_ID: 'common' };
    expect(faultsOf({ ...DEVELOPMENT, ...all })).toBe('OIDC_TENANT_ID must be a GUID.');
    expect(parseSettings({ ...DEVELOPMENT, ...all, OIDC_TENANT_ID: id }).oidc).toEqual({
      clientId: id.toLowerCase(),
      clientSecret: 'hunter2',
      entraTenantId: id.toLowerCase(),
    });
  });

  it('sends mail only with a server and a sender', () => {
    const smtp = { SMTP_URL: 'smtps://u:hunter2@mail.example' };
    expect('mail' in parseSettings(DEVELOPMENT)).toBe(false);
    expect('mail' in parseSettings({ ...DEVELOPMENT, MAIL_FROM: 'atlas@example.test' })).toBe(false);
    expect(faultsOf({ ...DEVELOPMENT, ...smtp })).toBe('MAIL_FROM is missing.');
    expect(parseSettings({ ...DEVELOPMENT, ...smtp, MAIL_FROM: 'atlas@example.test' }).mail).toEqual({
      smtpUrl: smtp.SMTP_URL,
      from: 'atlas@example.test',
    });
  });

  it('opens no network to webhooks unless told', () => {
    expect(parseSettings(DEVELOPMENT).webhookAllowedNetworks).toEqual([]);
    const opened = { ...DEVELOPMENT, WEBHOOK_ALLOWED_NETWORKS: ' 10.1.0.0/16, fd12::/32 ' };
    expect(parseSettings(opened).webhookAllowedNetworks).toEqual(['10.1.0.0/16', 'fd12::/32']);
  });

  it('speaks plain HTTP to a simulator in development, never in production', () => {
    const simulator = { GRAPH_ORIGIN: 'http://127.0.0.1:4100', LOGIN_ORIGIN: 'http://127.0.0.1:4100/' };
    expect(parseSettings({ ...DEVELOPMENT, ...simulator }).graph.loginOrigin).toBe('http://127.0.0.1:4100');
    expect(faultsOf({ ...PRODUCTION, ...simulator })).toMatch(
      /^GRAPH_ORIGIN must be https:.*\nLOGIN_ORIGIN must be https:/,
    );
  });
});
