import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { PolicyType } from '#libs/graph-client/src/catalogue/policy-type.js';
import { POLICY_TYPES } from '#libs/graph-client/src/catalogue/policy-types.js';
import { generatedTenant } from '#libs/graph-simulator/src/demo/generated/generated-tenants.js';
import type { LoggedRequest } from '#libs/graph-simulator/src/http/request-log.js';
import type { SeedTenant } from '#libs/graph-simulator/src/store/seed-tenant.js';
import { sampleTenant } from '#libs/graph-simulator/testing/samples/sample-tenant.js';
import type { TypeCoverage } from '../../../src/modules/inventory/sync/coverage.js';
import { needsRequests } from '../../../src/modules/inventory/sync/read-objects.js';
import { FixedClients, SimulatedTenant } from './simulated-tenant.js';

const PATHS = [...new Set(POLICY_TYPES.map(({ collection }) => collection.path))];

/** A generated tenant and the samples, so that there is something of every type. */
function wholeTenant(): SeedTenant {
  const generated = generatedTenant('smb');
  const nameOf = ({ collection, body }: SeedTenant['objects'][number]): string => `${collection} ${body.id}`;
  const held = new Set(generated.objects.map(nameOf));
  const { objects, groups } = sampleTenant();
  return {
    ...generated,
    groups: [...generated.groups, ...groups],
    objects: [...generated.objects, ...objects.filter((object) => !held.has(nameOf(object)))],
  };
}

/** Of a hundred answers thirty fail; a date to wait for lies ahead at first, and behind later. */
function hardTimes(now: number): object[] {
  const refusals = [
    { status: 429, retryAfter: '3' },
    { status: 429, retryAfter: '1.250' },
    { status: 429, retryAfter: new Date(now + 90_000).toUTCString() },
    { status: 429 },
    { status: 503, retryAfter: '2' },
    { status: 503 },
  ].map((how) => ({ match: '/beta/', probability: 1 - 0.7 ** (1 / 6), ...how }));
  // One member that breaks takes its whole batch with it, so that members break more rarely than lists and batches.
  const broken = ['reset', 'reset-body', 'truncate'].flatMap((kind) => [
    { kind, match: '/beta/$batch', probability: 0.03 },
    ...PATHS.map((path) => ({ kind, match: `${path}?`, probability: 0.03 })),
    { kind, match: '/beta/', probability: 0.005 },
  ]);
  return [...broken, ...refusals];
}

/** How whole types can be unreadable, and what they are covered as then. */
const UNREADABLE: readonly { rule: (type: PolicyType) => object; states: RegExp }[] = [
  {
    rule: ({ collection: { path } }) => ({ match: path, status: 403 }),
    states: / (forbidden|unsupported_licence)$/,
  },
  { rule: ({ collection: { path } }) => ({ match: path, status: 429 }), states: / throttled$/ },
  { rule: partly, states: / (partial|failed)$/ },
];

/** Read in part: the list but nothing below it, the first page and never the last, the beginning of the only object. */
function partly(type: PolicyType): object {
  const { path, shape } = type.collection;
  if (shape === 'singleton') return { match: path, kind: 'truncate' };
  return needsRequests(type) ? { match: `${path}/`, status: 403 } : { match: path, kind: 'duplicate-next-link' };
}

/** The last policy of each type that has more than one, as `type id`. */
function lastOfMany(versions: readonly string[]): string[] {
  const named = versions.map((line) => line.split(' ', 2).join(' '));
  const typeOf = (name: string | undefined): string | undefined => name?.split(' ')[0];
  return named.filter((name, at) => typeOf(named[at - 1]) === typeOf(name) && typeOf(named[at + 1]) !== typeOf(name));
}

/** What the inventory holds, whatever its ids and times. */
interface Holdings {
  versions: string[];
  references: string[];
  coverage: TypeCoverage[];
}

async function holdings({ db, facade, pages, tenant }: SimulatedTenant, syncRunId: unknown): Promise<Holdings> {
  const snapshots = await facade.snapshots(tenant.scope, String(syncRunId));
  const references = await db.database.query<{ line: string }>(
    `SELECT concat_ws(' ', p.type, p.external_id, r.to_type, r.to_external_id, r.via) AS line
     FROM inventory_references r JOIN inventory_policies p ON p.tenant_id = r.tenant_id AND p.id = r.policy_id`,
  );
  const { coverage } = await pages.syncRun(tenant.scope, String(syncRunId));
  return {
    versions: snapshots.map(({ type, externalId, contentHash }) => `${type} ${externalId} ${contentHash}`).sort(),
    references: references.map(({ line }) => line).sort(),
    coverage: [...coverage].sort((a, b) => (a.type < b.type ? -1 : 1)),
  };
}

/** Every policy with its versions' hashes and times, and whether it is there. */
async function policies({ db }: SimulatedTenant): Promise<string[]> {
  const rows = await db.database.query<{ line: string }>(
    `SELECT concat_ws(' ', p.type, p.external_id, string_agg(concat_ws(' ', v.content_hash, e.from_sync_id, e.until_sync_id), ' '
              ORDER BY e.from_sync_id), CASE WHEN p.present THEN 'present' ELSE 'removed' END) AS line
     FROM inventory_policies p
     JOIN inventory_policy_periods e ON e.tenant_id = p.tenant_id AND e.policy_id = p.id
     JOIN inventory_policy_versions v ON v.tenant_id = p.tenant_id AND v.policy_id = p.id AND v.id = e.version_id
     GROUP BY p.id`,
  );
  return rows.map(({ line }) => line).sort();
}

describe('a sync of the whole catalogue under faults', () => {
  let seed: SeedTenant;
  let tenant: SimulatedTenant;
  let clean: Holdings;

  beforeAll(async () => {
    seed = wholeTenant();
    const untroubled = await SimulatedTenant.start(seed);
    clean = await holdings(untroubled, (await untroubled.syncOnce()).context['syncRunId']);
    await untroubled.close();
    tenant = await SimulatedTenant.start(seed);
  }, 120_000);
  afterEach(() => tenant.control('DELETE', '/faults'));
  afterAll(() => tenant.close());

  it('ends with exactly what it ends with without them', async () => {
    expect(clean.coverage.filter(({ state }) => state !== 'read')).toEqual([]);
    expect(clean.coverage.filter(({ policies }) => policies === 0)).toEqual([]);
    expect(clean.coverage).toHaveLength(POLICY_TYPES.length);
    expect(clean.references.length).toBeGreaterThan(100);
    await tenant.control('PUT', '/faults', { rules: hardTimes(tenant.started.clock.now()) });
    const patient = tenant.client(undefined, { maxAttempts: 40, callBudgetMs: 24 * 3_600_000 });
    const run = await tenant.syncOnce({}, { processor: tenant.processor(new FixedClients(patient)) });
    expect(run.items.filter(({ result }) => result !== 'success')).toEqual([]);
    expect(await holdings(tenant, run.context['syncRunId'])).toEqual(clean);
    const answer = await fetch(`${tenant.started.controlOrigin}/requests`);
    const { items } = (await answer.json()) as { items: LoggedRequest[] };
    const asked = items.filter(({ path }) => path.startsWith('/beta/'));
    expect(asked.filter(({ fault }) => fault).length / asked.length).toBeGreaterThan(0.2);
  }, 120_000);

  it('removes nothing of a type that is forbidden, throttled to the end or partly read', async () => {
    const gone = lastOfMany(clean.versions);
    expect(gone.length).toBeGreaterThan(20);
    for (const name of gone) await tenant.change('DELETE', `/${name.split(' ')[1]}`);
    const before = await policies(tenant);
    for (let turn = 0; turn < UNREADABLE.length; turn += 1) {
      const wayOf = ({ collection }: PolicyType) =>
        UNREADABLE[(PATHS.indexOf(collection.path) + turn) % UNREADABLE.length];
      const rules = POLICY_TYPES.map((type) => ({ ...wayOf(type)?.rule(type), probability: 1 }));
      await tenant.control('PUT', '/faults', { rules });
      const run = await tenant.syncOnce();
      const { coverage } = await holdings(tenant, run.context['syncRunId']);
      for (const type of POLICY_TYPES) {
        const state = coverage.find((one) => one.type === type.key)?.state ?? '';
        expect(`${turn} ${type.key} ${state}`).toMatch(wayOf(type)?.states ?? 'a way');
      }
      expect(await policies(tenant)).toEqual(before);
    }
    await tenant.control('DELETE', '/faults');
    expect((await tenant.syncOnce()).outcome).toBe('succeeded');
    const removed = (await policies(tenant)).filter((line) => line.endsWith(' removed'));
    expect(removed.map((line) => line.split(' ', 2).join(' '))).toEqual(gone);
  }, 120_000);
});
