import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { constants, sign } from 'node:crypto';
import { RunningSimulator } from '../../testing/running-simulator.js';
import { selfSigned, type SelfSigned } from '../../testing/self-signed.js';
import { DEMO_CONTOSO } from '../demo/demo-credentials.js';
import type { SeedTenant } from '../store/seed-tenant.js';

const CLIENT = 'aaaaaaaa-0000-4000-8000-000000000001';
const AUTHORITY = `https://login.sim.local/${DEMO_CONTOSO.entraTenantId}`;

interface AssertionChange {
  head?: Record<string, unknown>;
  claims?: Record<string, unknown>;
  signer?: SelfSigned;
}

describe('sign-in by certificate', () => {
  const own = selfSigned({ name: 'tenantatlas' });
  const foreign = selfSigned();
  const old = selfSigned({ validFrom: new Date('2024-01-01'), validTo: new Date('2025-01-01') });
  let simulator: RunningSimulator;

  beforeAll(async () => {
    const tenant: SeedTenant = {
      entraTenantId: DEMO_CONTOSO.entraTenantId,
      name: 'Contoso',
      apps: [
        {
          clientId: CLIENT,
          clientSecret: 'old-secret',
          secretExpiresAt: '2025-01-01T00:00:00Z',
          permissions: ['Group.Read.All'],
          certificates: [old.cert, own.cert],
        },
      ],
      users: [],
      groups: [],
      objects: [],
    };
    simulator = await RunningSimulator.start({ tenants: [tenant] });
  });
  afterAll(() => simulator.close());

  const assertion = ({ head = {}, claims = {}, signer = own }: AssertionChange = {}) => {
    const seconds = Math.floor(Date.now() / 1000);
    const header = {
      alg: 'RS256',
      typ: 'JWT',
      'x5t#S256': Buffer.from(signer.sha256, 'hex').toString('base64url'),
      ...head,
    };
    const body = {
      aud: `${AUTHORITY}/oauth2/v2.0/token`,
      iss: CLIENT,
      sub: CLIENT,
      jti: 'x',
      nbf: seconds,
      exp: seconds + 600,
      ...claims,
    };
    const text = [header, body].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
    const pss = header.alg === 'PS256' && {
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
    };
    return `${text}.${sign('sha256', Buffer.from(text), { key: signer.key, ...pss }).toString('base64url')}`;
  };
  const signIn = (client_assertion: string) =>
    simulator.signIn(
      { ...DEMO_CONTOSO, clientId: CLIENT },
      {
        client_secret: null,
        client_assertion,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      },
    );

  it.each([
    ['SHA-256 and RS256', {}],
    ['SHA-256 and PS256', { head: { alg: 'PS256' } }],
    ['SHA-1', { head: { 'x5t#S256': undefined, x5t: Buffer.from(own.sha1, 'hex').toString('base64url') } }],
    ['the issuer as audience', { claims: { aud: `${AUTHORITY}/v2.0` } }],
  ])('takes an assertion with %s', async (_case, change: AssertionChange) => {
    const { status, json } = await signIn(assertion(change));
    expect(status).toBe(200);
    expect((await simulator.graph('/v1.0/groups', String(json.access_token))).status).toBe(200);
  });

  it.each([
    ['by an unknown key', { signer: foreign }, 700027, 'The key was not found.'],
    ['by an expired key', { signer: old }, 700027, 'The key used is expired.'],
    [
      'with the thumbprint of another key',
      { signer: foreign, head: { 'x5t#S256': Buffer.from(own.sha256, 'hex').toString('base64url') } },
      700027,
      'did not match',
    ],
    ['out of date', { claims: { nbf: 1_000_000, exp: 1_000_600 } }, 700024, 'not within its valid time range'],
    ['for somebody else', { claims: { aud: 'https://example.com/token' } }, 700023, 'audience'],
    ['of another app', { claims: { iss: 'b', sub: 'b' } }, 50027, "'iss' and 'sub'"],
    ['without a thumbprint', { head: { 'x5t#S256': undefined } }, 50027, 'No certificate thumbprint'],
    ['with another algorithm', { head: { alg: 'HS256' } }, 50027, 'HS256'],
  ])('refuses an assertion %s', async (_case, change: AssertionChange, code, text) => {
    const { status, json } = await signIn(assertion(change));
    expect([status, json.error, json.error_codes]).toEqual([401, 'invalid_client', [code]]);
    expect(json.error_description).toContain(text);
  });

  it('refuses what is no assertion, and a secret that has expired', async () => {
    expect((await signIn('a.b')).json).toMatchObject({ error_codes: [50027] });
    const credentials = { ...DEMO_CONTOSO, clientId: CLIENT, clientSecret: 'old-secret' };
    const expired = await simulator.signIn(credentials);
    expect([expired.status, expired.json.error_codes]).toEqual([401, [7000222]]);
    expect(expired.json.error_description).toContain(`keys for app '${CLIENT}' are expired`);
  });
});
