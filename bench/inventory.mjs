import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { floorSeconds, leastRequests } from './inventory/least-requests.mjs';
import { createGraphSimulator, POLICY_TYPES } from './inventory/modules.mjs';
import { measureNormalising } from './inventory/normalise.mjs';
import { measureSearch } from './inventory/search.mjs';
import { connectionOf, place, syncChild, syncOnce } from './inventory/synced.mjs';
import { enterprise, tenantOf } from './inventory/tenants.mjs';
import { round, table } from './runs/report/table.mjs';
import { startServers } from './runs/servers/servers.mjs';

/** The sync of the enterprise tenant against what the wire and the budgets allow; the report is Markdown on the standard output. */
const { values } = parseArgs({ options: { markdown: { type: 'string' } } });
const begin = Date.now();
const say = (/** @type {string} */ sentence) => {
  process.stderr.write(`[${Math.round((Date.now() - begin) / 1000)} s] ${sentence}\n`);
};
const SIZES = [1_000, 10_000];
const SEARCHED = 5_000;
const servers = await startServers();
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => void servers.stop().finally(() => process.exit(130)));

try {
  const timed = await onBudget();
  const sizes = [];
  for (const policies of SIZES) sizes.push({ policies, ...(await syncInto(`memory_${policies}`, tenantOf(policies))) });
  await syncInto('search', tenantOf(SEARCHED));
  say('search and facets');
  const found = await measureSearch({
    databaseUrl: servers.postgres.productUrl('search'),
    superuserUrl: servers.postgres.superuserUrl('search'),
  });
  const slowest = Math.max(...found.searched.map(({ p95 }) => p95));
  say('normalising');
  const speed = measureNormalising(enterprise().objects);
  const [small, large] = sizes;
  const report = [
    '## Inventory',
    verdicts([
      ['requests made / least possible', '1.00', timed.requests.total / timed.least.total, (ratio) => ratio <= 1.005],
      [
        'time on the virtual clock / floor of the budgets',
        '≤ 1.15',
        timed.first.virtualSeconds / timed.floor,
        (ratio) => ratio <= 1.15,
      ],
      ['most memory at 10,000 policies, MB', '≤ 300', large?.peakMb ?? NaN, (mb) => mb <= 300],
      [`search and facets over ${SEARCHED} policies, the slowest p95 over HTTP, ms`, '≤ 50', slowest, (ms) => ms <= 50],
      ['normalise and hash: bare parse and sha-256 / ours', '≤ 4', speed.bare / speed.ours, (ratio) => ratio <= 4],
    ]),
    `Enterprise tenant: ${timed.first.policies} objects; first sync ${timed.first.outcome}${timed.first.notRead.length > 0 ? ` (${timed.first.notRead.join(', ')})` : ''}.`,
    table(
      ['requests', 'made', 'least possible'],
      [
        ['Intune', String(timed.requests.intune), String(timed.least.intune)],
        ['conditional access', String(timed.requests.conditionalAccess), String(timed.least.conditionalAccess)],
        ['refused with 429', String(timed.requests.refused), '0'],
      ],
    ),
    `On the virtual clock ${round(timed.first.virtualSeconds)} s, floor of the budgets ${timed.floor} s; in real time ${round(timed.first.realSeconds)} s.`,
    '### Second sync of the unchanged tenant: rows written',
    table(['table', 'first sync', 'second sync'], rowsOf(timed.first.rows, timed.second.rows)),
    '### Memory of the syncing process',
    table(
      ['policies', 'most memory, MB', 'seconds without budgets'],
      sizes.map(({ policies, peakMb, realSeconds }) => [String(policies), round(peakMb), round(realSeconds)]),
    ),
    `From ${small?.policies} to ${large?.policies} policies: ${round((large?.peakMb ?? NaN) / (small?.peakMb ?? NaN))} times the memory.`,
    `### Search and facets over HTTP, ${found.policies} policies`,
    table(
      ['asked for', 'found', 'p50, ms', 'p95, ms'],
      found.searched.map(({ name, found: rows, p50, p95 }) => [name, String(rows), round(p50), round(p95)]),
    ),
    '### Normalise and hash',
    `${speed.policies} settings catalog policies, ${round(speed.megabytes)} MB: JSON.parse and sha-256 ${round(speed.bare)} MB/s, parse, normalise, mask and hash ${round(speed.ours)} MB/s.`,
  ].join('\n\n');
  process.stdout.write(`${report}\n`);
  if (values.markdown !== undefined) await writeFile(values.markdown, `${report}\n`);
} finally {
  await servers.stop();
}
process.exit();

/** Two syncs of the enterprise tenant on the virtual clock, with Microsoft's own limits. */
async function onBudget() {
  const tenant = enterprise();
  const simulator = createGraphSimulator({ port: 0, tenants: [tenant], clock: { mode: 'virtual' } });
  const graph = await simulator.start();
  const child = await syncChild('enterprise', await servers.postgres.createDatabase('enterprise'));
  try {
    say('first sync of the enterprise tenant, on the virtual clock');
    const first = await child.ask('sync', { graph: place(graph), connection: connectionOf(tenant), virtual: true });
    const requests = await requestsOf(graph.controlOrigin);
    say('second sync of the unchanged tenant');
    const second = await child.ask('sync', { graph: place(graph), connection: connectionOf(tenant), virtual: true });
    const counted = leastRequests(tenant.objects, [...new Set(POLICY_TYPES.map(({ collection }) => collection.key))]);
    const least = { ...counted, total: counted.intune + counted.conditionalAccess };
    return { first, second, requests, least, floor: floorSeconds(counted) };
  } finally {
    await child.kill();
    await simulator.close();
  }
}

/** @param {string} name @param {ReturnType<typeof enterprise>} seed */
async function syncInto(name, seed) {
  say(`a tenant of ${seed.objects.length} objects, without budgets`);
  return syncOnce({ name, databaseUrl: await servers.postgres.createDatabase(name), seed });
}

/** Requests as Graph counts them: the members of a `$batch`, not the batch. */
async function requestsOf(/** @type {string} */ controlOrigin) {
  const { items } = /** @type {{ items: any[] }} */ (await (await fetch(`${controlOrigin}/requests`)).json());
  const asked = items
    .filter(({ tenantId }) => tenantId !== null)
    .flatMap((/** @type {any} */ one) => one.batch ?? [one])
    .filter(({ path }) => !path.includes('/oauth2/') && !path.includes('/.well-known/'));
  const conditionalAccess = asked.filter(
    ({ path }) => path.includes('/identity/') || path.includes('/policies/'),
  ).length;
  return {
    total: asked.length,
    conditionalAccess,
    intune: asked.length - conditionalAccess,
    refused: asked.filter(({ status }) => status === 429).length,
  };
}

/**
 * @param {readonly (readonly [string, string, number, (measured: number) => boolean])[]} targets
 */
function verdicts(targets) {
  return table(
    ['target', 'wanted', 'measured', ''],
    targets.map(([what, wanted, measured, met]) => [
      what,
      wanted,
      round(measured),
      met(measured) ? 'met' : '**missed**',
    ]),
  );
}

/**
 * @param {Record<string, number>} first
 * @param {Record<string, number>} second
 */
function rowsOf(first, second) {
  return [...new Set([...Object.keys(first), ...Object.keys(second)])]
    .sort()
    .map((name) => [name, String(first[name] ?? 0), String(second[name] ?? 0)]);
}
