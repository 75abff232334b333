import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createGraphClient, type GraphClient } from '#libs/graph-client/src/graph-client.js';
import { createMsalTokenSource } from '#libs/graph-client/src/token-source.js';
import { createGraphSimulator, type StartedSimulator } from '#libs/graph-simulator/src/graph-simulator.js';
import { performRun, type PerformedRun } from '#libs/run-kit/testing/perform-run.js';
import { GroupRepository } from '../../../src/modules/directory/data/group.repository.js';
import { GroupRoundRepository } from '../../../src/modules/directory/data/group-round.repository.js';
import { DirectoryGroupsSyncProcessor } from '../../../src/modules/directory/runs/directory-groups-sync.processor.js';
import { DirectoryGroupsSync } from '../../../src/modules/directory/runs/directory-groups-sync.run-type.js';
import { GroupSync } from '../../../src/modules/directory/sync/group-sync.js';
import { SecretBox } from '../../../src/platform/crypto/secret-box.js';
import { aTenant, type TenantRow } from '../../support/builders.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';
import { groupId } from './scripted-directory.js';

const ENTRA = randomUUID();
const GROUPS = 250;

/** The whole way, MSAL and HTTP included, against a stranger's idea of Graph. */
describe('a group sync against the simulator', () => {
  const app = { clientId: randomUUID(), clientSecret: 'only-opens-the-simulator' };
  const simulator = createGraphSimulator({
    port: 0,
    controlPort: 0,
    tenants: [
      {
        entraTenantId: ENTRA,
        name: 'Contoso',
        apps: [{ ...app, permissions: ['Group.Read.All'] }],
        users: [],
        groups: Array.from({ length: GROUPS }, (_, n) => ({ id: groupId(n), displayName: `Group ${n}` })),
        objects: [],
      },
    ],
  });
  let started: StartedSimulator;
  let db: TestDatabase;
  let tenant: TenantRow;
  let groups: GroupRepository;
  let client: GraphClient;
  let rounds: GroupRoundRepository;

  beforeAll(async () => {
    started = await simulator.start();
    db = await createTestDatabase();
    tenant = await aTenant(db.database, { entraTenantId: ENTRA });
    groups = new GroupRepository(db.tenantDatabase);
    rounds = new GroupRoundRepository(db.tenantDatabase, new SecretBox([randomBytes(32)]));
    const { graphOrigin, loginOrigin, loginAuthority } = started;
    const tokens = createMsalTokenSource({ entraTenantId: ENTRA, ...app, loginOrigin, loginAuthority });
    const limits = { maxAttempts: 2, backoffBaseMs: 1, backoffCapMs: 2 };
    client = createGraphClient({ graphOrigin, tokens, limits });
  });
  afterAll(async () => {
    await simulator.close();
    await db.close();
  });

  const sync = (): Promise<PerformedRun> => {
    const processor = new DirectoryGroupsSyncProcessor(
      { forTenant: () => Promise.resolve(client) },
      new GroupSync(db.tenantDatabase, rounds, groups),
    );
    return performRun(DirectoryGroupsSync, processor, {}, { tenantId: tenant.id });
  };
  const control = async (method: string, path: string, body?: object): Promise<void> => {
    const answer = await fetch(`${started.controlOrigin}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  };
  const change = (method: string, path: string, body?: object): Promise<void> =>
    control(method, `/tenants/${ENTRA}${path}`, body);
  const find = (n: number) => groups.find(tenant.scope, groupId(n));

  it('reads all groups over many pages, then what administrators change', async () => {
    expect(await sync()).toMatchObject({
      outcome: 'succeeded',
      counts: { success: GROUPS },
      context: { reading: 'full', pages: 3, added: GROUPS },
    });
    await change('PATCH', `/groups/${groupId(1)}`, { displayName: 'Renamed', groupTypes: ['Unified'] });
    await change('DELETE', `/groups/${groupId(2)}?reason=changed`);
    await change('DELETE', `/groups/${groupId(3)}?reason=deleted`);
    await change('POST', '/groups', { id: groupId(900), displayName: 'New' });
    const run = await sync();
    expect(run.context).toMatchObject({ reading: 'delta', added: 1, changed: 1, removed: 2 });
    expect(await find(1)).toMatchObject({ display_name: 'Renamed', kinds: expect.arrayContaining(['microsoft365']) });
    expect(await find(2)).toMatchObject({ removed_reason: 'soft_deleted' });
    expect(await find(3)).toMatchObject({ removed_reason: 'deleted' });
    expect(await find(900)).toMatchObject({ display_name: 'New', removed_at: null });
  });

  it('reads all groups again when the token has ended, and removes what went meanwhile', async () => {
    await change('DELETE', `/groups/${groupId(4)}`);
    await change('DELETE', '/delta-tokens');
    const run = await sync();
    expect(run.context).toMatchObject({ reading: 'full', cause: 'link_lost', added: 0, changed: 0, removed: 1 });
    expect(await find(4)).toMatchObject({ removed_reason: 'not_listed' });
    expect(await find(2)).toMatchObject({ removed_reason: 'soft_deleted' });
  });

  it('removes nothing while Graph refuses, and goes on when it does not any more', async () => {
    await change('DELETE', '/delta-tokens');
    await control('PUT', '/faults', { rules: [{ match: 'skiptoken', probability: 1, status: 503 }] });
    const refused = await sync();
    expect(refused).toMatchObject({ outcome: 'failed', reasonCode: 'graph.unavailable', context: { removed: 0 } });
    await control('DELETE', '/faults');
    const run = await sync();
    expect(run).toMatchObject({
      outcome: 'succeeded',
      context: { reading: 'full', resumed: true, added: 0, changed: 0, removed: 0 },
    });
  });
});
