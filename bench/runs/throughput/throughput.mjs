import { Child } from '../process/child.mjs';
import { productEnvironment } from '../engine/environment.mjs';
import { SYSTEMS } from '../systems/catalogue.mjs';
import { IN_FLIGHT } from '../systems/system.mjs';

/** @typedef {import('../systems/catalogue.mjs').CellKind} CellKind */
/** @typedef {import('../systems/catalogue.mjs').SystemEntry} SystemEntry */

/**
 * @typedef {object} Sample one round of one cell
 * @property {number} operations
 * @property {number} perSecond
 * @property {number} [p50] milliseconds, of starts and collisions
 * @property {number} [p99]
 * @property {number} [nulls] collisions that did not tell the active job's id
 */

/**
 * @typedef {object} CellResult
 * @property {string} system
 * @property {CellKind} kind
 * @property {number} inFlight
 * @property {Sample[]} samples one of each round
 * @property {string} [failure] why there are no more samples
 */

/**
 * @typedef {object} ThroughputPlan
 * @property {readonly CellKind[]} kinds
 * @property {number} rounds
 * @property {number} milliseconds how long starts and collisions are measured
 * @property {{ single: Record<number, number>, batched: Record<number, number> }} drained jobs, by how many are in flight
 * @property {(sentence: string) => void} say
 */

/**
 * Measures every system in a process and a database of its own on the same servers. In each round every cell comes once,
 * and the order of the systems moves on by one, so that a slow minute of the machine falls on all of them. While one is
 * measured the others stand still: some look for work hundreds of times a second, and took a third of a core from all.
 * @param {import('../servers/servers.mjs').Servers} servers
 * @param {ThroughputPlan} plan
 * @returns {Promise<CellResult[]>}
 */
export async function measureThroughput(servers, plan) {
  const systems = SYSTEMS.filter(({ cells }) => cells.some((kind) => plan.kinds.includes(kind)));
  /** @type {Map<string, Child>} */
  const children = new Map();
  try {
    for (const system of systems) {
      plan.say(`preparing ${system.label}`);
      children.set(system.name, await prepare(servers, system));
    }
    const cells = plan.kinds.flatMap((kind) => IN_FLIGHT.map((inFlight) => ({ kind, inFlight })));
    /** @type {CellResult[]} */
    const results = cells.flatMap(({ kind, inFlight }) =>
      systems
        .filter((system) => system.cells.includes(kind))
        .map(({ name }) => ({ system: name, kind, inFlight, samples: [] })),
    );
    for (let round = 0; round < plan.rounds; round += 1) {
      for (const { kind, inFlight } of cells) {
        plan.say(`round ${round + 1} of ${plan.rounds}: ${kind}, ${inFlight} in flight`);
        const rows = results.filter((result) => result.kind === kind && result.inFlight === inFlight);
        for (let i = 0; i < rows.length; i += 1) {
          const row = /** @type {CellResult} */ (rows[(i + round) % rows.length]);
          await servers.postgres.checkpoint();
          await measureCell(/** @type {Child} */ (children.get(row.system)), row, plan);
        }
      }
    }
    return results;
  } finally {
    for (const child of children.values()) await child.kill();
  }
}

/**
 * @param {import('../servers/servers.mjs').Servers} servers
 * @param {SystemEntry} system
 */
async function prepare(servers, system) {
  const redis = system.redis === undefined ? undefined : await servers.startRedis(system.name, system.redis);
  const databaseUrl = await servers.postgres.createDatabase(system.name.replaceAll('-', '_'));
  const places = { databaseUrl, ...(redis ? { redisUrl: redis.url } : {}) };
  const child = new Child(
    system.label,
    new URL('./system-process.mjs', import.meta.url),
    [system.file, JSON.stringify(places), JSON.stringify(system.options ?? {})],
    system.product ? productEnvironment(places) : {},
  );
  await child.message((message) => message === 'ready');
  child.freeze();
  return child;
}

/**
 * Adds one sample, or notes why there is none: a system that fails loses its cell, not the others theirs.
 * @param {Child} child
 * @param {CellResult} cell
 * @param {ThroughputPlan} plan
 */
async function measureCell(child, cell, plan) {
  if (cell.failure !== undefined || !child.isRunning) return;
  const { kind, inFlight } = cell;
  child.thaw();
  try {
    cell.samples.push(
      kind === 'start' || kind === 'collide'
        ? await child.ask(kind, { inFlight, milliseconds: plan.milliseconds })
        : await child.ask('drain', { kind, inFlight, count: plan.drained[kind][inFlight] }),
    );
  } catch (error) {
    cell.failure = error instanceof Error ? error.message : String(error);
    plan.say(cell.failure);
  } finally {
    child.freeze();
  }
}
