import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TenancyFacade } from '../../../src/modules/tenancy/tenancy.facade.js';
import { graphSecretPurpose, GRAPH_SECRETS } from '../../../src/modules/tenancy/graph-secret.js';
import { CHANNEL_SECRETS, ChannelVault } from '../../../src/modules/notifications/channels/channel-vault.js';
import { Resealing } from '../../../src/platform/crypto/resealing.js';
import { SealedColumns } from '../../../src/platform/crypto/sealed-columns.js';
import { SecretBox } from '../../../src/platform/crypto/secret-box.js';
import { grantTenantScope } from '../../../src/platform/database/tenant-scope.js';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../../support/test-database.js';
import { startTenancyApp } from './tenancy-app.js';

const OLD = randomBytes(32);
const NEW = randomBytes(32);

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

const entraTenantId = randomUUID();

/** What the tenant connects with in a process that has these keys. */
async function credentialWith(encryptionKey: Buffer, former: readonly Buffer[]): Promise<object> {
  const tenancy = await startTenancyApp({
    db,
    entraTenantId,
    provision: false,
    env: {
      ENCRYPTION_KEY: encryptionKey.toString('hex'),
      FORMER_ENCRYPTION_KEYS: former.map((key) => key.toString('base64')).join(','),
    },
  });
  try {
    const [row] = await db.database.query<{ id: string }>('SELECT id FROM tenants WHERE entra_tenant_id = $1', [
      entraTenantId,
    ]);
    return await tenancy.app.get(TenancyFacade).graphConnection(grantTenantScope(row?.id ?? ''));
  } finally {
    await tenancy.close();
  }
}

function resealing(keys: readonly [Buffer, ...Buffer[]]): Resealing {
  const columns = new SealedColumns();
  columns.add(GRAPH_SECRETS, ...CHANNEL_SECRETS);
  return new Resealing(db.database, new SecretBox(keys), columns);
}

describe('a change of the encryption key', () => {
  it('seals anew what the former key sealed, so that the tenant connects with and without that one', async () => {
    const before = await startTenancyApp({ db, entraTenantId, env: { ENCRYPTION_KEY: OLD.toString('hex') } });
    const { contoso } = before;
    await before.close();
    const channelId = randomUUID();
    const vault = new ChannelVault(new SecretBox([OLD]));
    await db.database.query(
      `INSERT INTO notification_channels (tenant_id, id, kind, name, url_shown, sealed_url, sealed_secret, outcomes,
         enabled, created_by_name) VALUES ($1, $2, 'webhook', 'Hook', 'https://x.example', $3, $4, '{all}', true, 'Spec')`,
      [
        contoso,
        channelId,
        vault.seal(contoso, channelId, 'url', 'https://x.example/token'),
        vault.seal(contoso, channelId, 'secret', 'whsec_x'),
      ],
    );

    const expected = { entraTenantId, clientId: 'client', clientSecret: 'graph secret' };
    await expect(credentialWith(NEW, [])).rejects.toMatchObject({ code: 'graph.credential_unusable' });
    await expect(credentialWith(NEW, [OLD])).resolves.toEqual(expected);
    await expect(credentialWith(NEW, [])).resolves.toEqual(expected); // that process sealed it anew when it started
    await expect(credentialWith(OLD, [])).rejects.toMatchObject({ code: 'graph.credential_unusable' });

    const reports = await Promise.all([resealing([NEW, OLD]).resealAll(), resealing([NEW, OLD]).resealAll()]);
    expect(reports.reduce((sum, { resealed }) => sum + resealed, 0)).toBe(2);
    expect(reports.map(({ shut }) => shut)).toEqual([0, 0]);
    expect(await resealing([NEW, OLD]).resealAll()).toEqual({ resealed: 0, shut: 0 });

    const [channel] = await db.database.query<{ url: Buffer }>('SELECT sealed_url AS url FROM notification_channels');
    const purpose = CHANNEL_SECRETS[0]?.purpose([contoso, channelId]) ?? '';
    expect(new SecretBox([NEW]).open(channel?.url ?? Buffer.alloc(0), purpose)).toBe('https://x.example/token');
  });

  it('leaves alone and counts what cannot be opened', async () => {
    const strange = new SecretBox([randomBytes(32)]);
    const [row] = await db.database.query<{ id: string }>('SELECT tenant_id AS id FROM graph_connections');
    const sealed = strange.seal('x', graphSecretPurpose(row?.id ?? ''));
    await db.database.query('UPDATE graph_connections SET sealed_secret = $1', [sealed]);
    expect(await resealing([NEW, OLD]).resealAll()).toEqual({ resealed: 0, shut: 1 });
    const [after] = await db.database.query<{ sealed: Buffer }>(
      'SELECT sealed_secret AS sealed FROM graph_connections',
    );
    expect(after?.sealed.equals(sealed)).toBe(true);
  });

  it('does not stop a process whose database is not migrated yet', async () => {
    const empty = await createEmptyDatabase();
    const columns = new SealedColumns();
    columns.add(GRAPH_SECRETS);
    const early = new Resealing(empty.database, new SecretBox([NEW, OLD]), columns);
    await expect(early.resealAll()).rejects.toThrow(/graph_connections/);
    await expect(early.onApplicationBootstrap()).resolves.toBeUndefined();
    await empty.close();
  });
});
