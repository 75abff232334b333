import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import pg from 'pg';
import { makeMembers } from '../engine/engine.mjs';
import { productEnvironment } from '../engine/environment.mjs';
import { migrateUp } from '../engine/modules.mjs';
import { Child } from '../process/child.mjs';
import { readRows } from './rows.mjs';

/** How often the rows are looked at, in milliseconds; times are as exact as this. */
const LOOK_MS = 100;
/** How long a run works. */
const WORK_MS = 5_000;
/** How long the start of a scene may take. */
const PATIENCE_MS = 60_000;

/** A product of its own (database, perhaps Redis, one producer, workers on demand) in which something is to break. */
export class Scene {
  /** @type {Child[]} */
  #children = [];
  #faultAt = Number.NaN;

  /**
   * @param {string} name
   * @param {import('../systems/system.mjs').Places} places
   * @param {pg.Pool} pool
   * @param {readonly import('../engine/engine.mjs').Member[]} members
   */
  constructor(name, places, pool, members) {
    this.name = name;
    this.places = places;
    this.pool = pool;
    this.members = members;
  }

  /**
   * @param {import('../servers/servers.mjs').Servers} servers
   * @param {string} name
   * @param {'postgres' | 'redis'} transport
   */
  static async open(servers, name, transport) {
    const databaseUrl = await servers.postgres.createDatabase(name);
    const redis = transport === 'redis' ? await servers.startRedis(name, 'everysec') : undefined;
    await migrateUp(databaseUrl);
    const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
    pool.on('error', () => undefined); // the statement under way fails too, and that one tells
    const members = await makeMembers(pool, 1);
    return new Scene(name, { databaseUrl, ...(redis ? { redisUrl: redis.url } : {}) }, pool, members);
  }

  /** Starts runs, durable and rung for when this resolves. */
  async start(/** @type {number} */ count) {
    const producer = await this.#launch('producer');
    const subjects = Array.from({ length: count }, (_, i) => `${this.name}-${i}`);
    await producer.ask('start', { member: this.members[0], subjects, workMs: WORK_MS });
  }

  worker() {
    return this.#launch('worker');
  }

  /** Waits until `isIt` holds of the rows; answers them. */
  async until(/** @type {(rows: import('./rows.mjs').Row[]) => boolean} */ isIt) {
    for (const end = performance.now() + PATIENCE_MS; performance.now() < end; await sleep(LOOK_MS)) {
      const rows = await readRows(this.pool);
      if (isIt(rows)) return rows;
    }
    throw new Error(`${this.name}: what was to break did not come about.`);
  }

  /** Breaks something; the time runs from here. */
  async fault(/** @type {() => unknown} */ breakIt) {
    await breakIt();
    this.#faultAt = performance.now();
  }

  /**
   * Looks at the rows until `isDone` or until `seconds` have passed since the fault.
   * @param {number} seconds
   * @param {(rows: import('./rows.mjs').Row[], elapsed: number) => boolean} isDone `elapsed` in seconds
   */
  async watch(seconds, isDone) {
    for (let elapsed = 0; elapsed <= seconds; await sleep(LOOK_MS)) {
      const rows = await readRows(this.pool);
      elapsed = (performance.now() - this.#faultAt) / 1000;
      if (isDone(rows, elapsed)) return;
    }
  }

  /** Empties the Redis that this scene's jobs are in. */
  async flushRedis() {
    const redis = new Redis(this.places.redisUrl ?? '');
    await redis.flushall();
    redis.disconnect();
  }

  async close() {
    for (const child of this.#children) await child.kill();
    await this.pool.end();
  }

  async #launch(/** @type {'producer' | 'worker'} */ part) {
    const script = new URL('./engine-process.mjs', import.meta.url);
    const child = new Child(`${this.name}, ${part}`, script, [part], productEnvironment(this.places));
    this.#children.push(child);
    await child.message((message) => message === 'ready');
    return child;
  }
}
