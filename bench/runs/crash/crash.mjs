import { doubleCommits, readRows } from './rows.mjs';
import { Scene } from './scene.mjs';

/** The product's defaults, a lease and a sweep with its jitter: by then a row may no longer tell of a worker that is gone. */
export const LEASE_SECONDS = 60;
export const SWEEP_SECONDS = 12;
/** Runs that are not completed by then are stuck. */
const LIMIT_SECONDS = 2 * (LEASE_SECONDS + SWEEP_SECONDS);

/**
 * @typedef {object} CrashResult
 * @property {string} label
 * @property {number} runs
 * @property {number} affected runs whose worker or doorbell was lost
 * @property {number | undefined} truthSeconds from the fault until no row told of what was lost; undefined: never
 * @property {number | undefined} doneSeconds from the fault until every run was completed
 * @property {number} doubleCommits
 * @property {number} stuck
 * @property {number} repeated runs that were worked more than once
 */

/** @typedef {import('./rows.mjs').Row} Row */

const isCompleted = (/** @type {Row} */ { status }) => status === 'completed';
const isRunning = (/** @type {Row} */ { status }) => status === 'running';
/** Whether another claim holds or held the run since. */
const isTakenIn = (/** @type {readonly Row[]} */ rows) => (/** @type {Row} */ before) =>
  rows.some((row) => row.id === before.id && row.lease_epoch > before.lease_epoch);
/** Whether the row no longer tells of the worker or the doorbell that it had at the fault. */
const isToldIn = (/** @type {readonly Row[]} */ rows) => (/** @type {Row} */ before) =>
  rows.some(
    (row) =>
      row.id === before.id &&
      (row.status !== before.status || row.lease_epoch > before.lease_epoch || row.dispatch_seq > before.dispatch_seq),
  );

/**
 * Breaks the engine in real processes and looks at its rows from outside. The scenes run at once: they wait for leases
 * most of their time.
 * @param {import('../servers/servers.mjs').Servers} servers
 * @param {(sentence: string) => void} say
 * @returns {Promise<CrashResult[]>}
 */
export async function measureCrashes(servers, say) {
  say(`crash: five scenes at once, at most ${LIMIT_SECONDS} s`);
  const scenes = [
    { name: 'kill_pg', transport: 'postgres', label: 'worker killed (-9), PostgreSQL transport', play: killed },
    { name: 'kill_redis', transport: 'redis', label: 'worker killed (-9), Redis transport', play: killed },
    { name: 'freeze_pg', transport: 'postgres', label: 'worker frozen and thawed, PostgreSQL transport', play: frozen },
    { name: 'freeze_redis', transport: 'redis', label: 'worker frozen and thawed, Redis transport', play: frozen },
    { name: 'flush_redis', transport: 'redis', label: 'Redis flushed (FLUSHALL) with jobs waiting', play: flushed },
  ];
  return Promise.all(
    scenes.map(async ({ name, transport, label, play }) => {
      const scene = await Scene.open(servers, name, transport === 'redis' ? 'redis' : 'postgres');
      try {
        const result = await play(scene);
        say(`crash: ${label}: over`);
        return { label, ...result };
      } finally {
        await scene.close();
      }
    }),
  );
}

/** A worker is killed with runs in its hands; another takes its place. */
async function killed(/** @type {Scene} */ scene) {
  const { victim, held } = await victimWithRuns(scene);
  await scene.fault(() => victim.process.kill('SIGKILL'));
  await scene.worker();
  return watch(scene, held);
}

/** A worker is frozen until another has its runs, and is thawed while that one works. */
async function frozen(/** @type {Scene} */ scene) {
  const { victim, held } = await victimWithRuns(scene);
  await scene.fault(() => victim.process.kill('SIGSTOP'));
  await scene.worker();
  let isFrozen = true;
  return watch(scene, held, (rows, elapsed) => {
    if (!isFrozen || (!held.every(isTakenIn(rows)) && elapsed < LEASE_SECONDS + SWEEP_SECONDS)) return;
    isFrozen = false;
    victim.process.kill('SIGCONT');
  });
}

/** Every doorbell is lost before a worker heard it. */
async function flushed(/** @type {Scene} */ scene) {
  await scene.start(20);
  await scene.fault(() => scene.flushRedis());
  const waiting = await readRows(scene.pool);
  await scene.worker();
  return watch(scene, waiting);
}

async function victimWithRuns(/** @type {Scene} */ scene) {
  const victim = await scene.worker();
  await scene.start(4);
  const held = await scene.until((rows) => rows.length === 4 && rows.every(isRunning));
  return { victim, held };
}

/**
 * @param {Scene} scene
 * @param {readonly Row[]} affected as they were at the fault
 * @param {(rows: readonly Row[], elapsed: number) => void} [meanwhile]
 * @returns {Promise<Omit<CrashResult, 'label'>>}
 */
async function watch(scene, affected, meanwhile) {
  /** @type {number | undefined} */
  let truthSeconds;
  /** @type {number | undefined} */
  let doneSeconds;
  await scene.watch(LIMIT_SECONDS, (rows, elapsed) => {
    meanwhile?.(rows, elapsed);
    if (affected.every(isToldIn(rows))) truthSeconds ??= elapsed;
    if (rows.every(isCompleted)) doneSeconds ??= elapsed;
    return doneSeconds !== undefined;
  });
  const rows = await readRows(scene.pool);
  return {
    runs: rows.length,
    affected: affected.length,
    truthSeconds,
    doneSeconds,
    doubleCommits: await doubleCommits(scene.pool),
    stuck: rows.filter((row) => !isCompleted(row)).length,
    repeated: rows.filter(({ attempt }) => attempt > 1).length,
  };
}
