/**
 * @typedef {object} SystemEntry
 * @property {string} name
 * @property {string} label as the tables show it
 * @property {string} file beside this one
 * @property {object} [options]
 * @property {import('../servers/redis.mjs').Fsync} [redis] it keeps its jobs in a Redis of this durability
 * @property {boolean} product whether it stands on the product's build
 * @property {readonly CellKind[]} cells what is measured of it
 */

/** @typedef {'start' | 'collide' | 'single' | 'batched'} CellKind */

/** @type {readonly CellKind[]} */
export const CELL_KINDS = ['start', 'collide', 'single', 'batched'];

/** @type {readonly SystemEntry[]} */
export const SYSTEMS = [
  engine('engine-pg', 'this engine, PostgreSQL transport', ['start', 'collide', 'single']),
  { ...engine('engine-redis', 'this engine, Redis transport', ['start', 'collide', 'single']), redis: 'everysec' },
  {
    ...engine('engine-rows', 'this engine, without the doorbell', ['single', 'batched']),
    options: { from: 'claims' },
  },
  {
    ...engine('engine-finishes', 'this engine, completion of claimed runs alone', ['batched']),
    options: { from: 'finishes' },
  },
  peer('floor', 'floor of five bare rows, or of one read', ['start', 'collide']),
  {
    ...peer('floor-records', "floor of a start's records and job, PostgreSQL", ['start'], 'floor-starts.mjs'),
    product: true,
  },
  {
    ...peer('floor-records-redis', "floor of a start's records, then job, Redis", ['start'], 'floor-starts.mjs'),
    product: true,
    redis: 'everysec',
  },
  {
    ...peer('floor-listed', 'floor of completions in the table that lists read', ['batched'], 'floor-completions.mjs'),
    product: true,
    options: { recorded: false },
  },
  {
    ...peer('floor-recorded', 'floor of completions with their records', ['batched'], 'floor-completions.mjs'),
    product: true,
    options: { recorded: true },
  },
  peer('pg-boss', 'pg-boss', ['start', 'collide', 'single', 'batched']),
  peer('graphile-worker', 'graphile-worker', ['start', 'collide', 'single', 'batched']),
  peer('dbos', 'DBOS', ['start', 'collide', 'single']),
  { ...peer('dbos-held', 'DBOS, held to as many in flight', ['single'], 'dbos.mjs'), options: { held: true } },
  peer('bullmq-pg', 'BullMQ alone, PostgreSQL', ['start', 'collide', 'single'], 'bullmq.mjs'),
  { ...peer('bullmq-redis', 'BullMQ alone, Redis', ['start', 'collide', 'single'], 'bullmq.mjs'), redis: 'everysec' },
  {
    ...peer('bullmq-redis-always', 'BullMQ alone, Redis with fsync always', ['start', 'single'], 'bullmq.mjs'),
    redis: 'always',
  },
  peer('row-bullmq-pg', 'bare row + BullMQ add, PostgreSQL', ['start'], 'row-and-bullmq.mjs'),
  { ...peer('row-bullmq-redis', 'bare row + BullMQ add, Redis', ['start'], 'row-and-bullmq.mjs'), redis: 'everysec' },
];

/**
 * @param {string} name
 * @param {string} label
 * @param {readonly CellKind[]} cells
 * @returns {SystemEntry}
 */
function engine(name, label, cells) {
  return { name, label, file: 'engine.mjs', options: { from: 'doorbell' }, product: true, cells };
}

/**
 * @param {string} name
 * @param {string} label
 * @param {readonly CellKind[]} cells
 * @param {string} [file]
 * @returns {SystemEntry}
 */
function peer(name, label, cells, file = `${name}.mjs`) {
  return { name, label, file, product: false, cells };
}
