import { CELL_KINDS, SYSTEMS } from '../systems/catalogue.mjs';
import { IN_FLIGHT } from '../systems/system.mjs';
import { quantile, spreadOf } from './statistics.mjs';
import { round, table } from './table.mjs';

/** @typedef {import('../throughput/throughput.mjs').CellResult} CellResult */

const TITLES = {
  start: 'Start: unique jobs per second',
  collide: 'Collide: starts per second on 10 hot identities',
  single: 'Complete, one by one: jobs per second',
  batched: 'Complete, batched: jobs per second',
};

const NOTES = {
  start:
    "A start of this engine is the row, its event, the initiator's note, the audit entry and the job; of a peer, the bare job. BullMQ alone keeps no history. The floor writes five such rows into tables that have a primary key and nothing else; the floor of its records writes them, and the job, into the product's own tables, and merges starts as the engine does.",
  collide:
    'Every call must leave one active job. The engine, DBOS, BullMQ and graphile-worker answer its id (graphile-worker rewrites the job, by its default key mode); pg-boss answers null. The floor reads one index and looks for nothing else.',
  single:
    "Each lane takes a job, finishes it and takes the next; the engine merges finishes of its lanes by itself. The engine's rows with a transport include the doorbell; graphile-worker deletes the job and BullMQ keeps nothing. DBOS takes a batch a poll and has all of it in flight, whatever the column says; held to as many in flight, it takes so many a poll, once a millisecond here.",
  batched:
    "pg-boss: fetch and complete 100 at a time in each lane. graphile-worker: local queue of 500, batched completion. The engine merges by itself what is under way at once: a hundred runs in all, without the doorbell. Both floors take and finish a hundred at a time in the product's own table; with their records means an event each, the totals and a note for the initiator.",
};

/**
 * @param {readonly CellResult[]} results
 * @returns {string[]} blocks of Markdown
 */
export function throughputReport(results) {
  return CELL_KINDS.filter((kind) => results.some((result) => result.kind === kind)).flatMap((kind) => {
    const ofKind = results.filter((result) => result.kind === kind);
    const systems = SYSTEMS.filter(({ name }) => ofKind.some(({ system }) => system === name));
    const cellOf = (/** @type {string} */ name, /** @type {number} */ inFlight) =>
      ofKind.find((result) => result.system === name && result.inFlight === inFlight);
    const rates = systems.map(({ name, label }) => [label, ...IN_FLIGHT.map((n) => rate(cellOf(name, n)))]);
    const blocks = [`### ${TITLES[kind]}`, NOTES[kind], table(['in flight', ...IN_FLIGHT.map(String)], rates)];
    if (kind === 'start' || kind === 'collide') {
      const times = systems.map(({ name, label }) => [label, ...IN_FLIGHT.map((n) => latency(cellOf(name, n)))]);
      blocks.push(table(['p50 / p99 in ms', ...IN_FLIGHT.map(String)], times));
    }
    return blocks;
  });
}

/**
 * The median rate of a cell, undefined when it has none.
 * @param {readonly CellResult[]} results
 * @param {string} system
 * @param {import('../systems/catalogue.mjs').CellKind} kind
 * @param {number} inFlight
 */
export function medianRate(results, system, kind, inFlight) {
  const cell = results.find((r) => r.system === system && r.kind === kind && r.inFlight === inFlight);
  if (cell === undefined || cell.samples.length === 0) return undefined;
  return spreadOf(cell.samples.map(({ perSecond }) => perSecond)).median;
}

function rate(/** @type {CellResult | undefined} */ cell) {
  if (cell === undefined) return 'n/a';
  if (cell.samples.length === 0) return 'failed';
  const { median, min, max } = spreadOf(cell.samples.map(({ perSecond }) => perSecond));
  return `${round(median)} (${round(min)}–${round(max)})`;
}

function latency(/** @type {CellResult | undefined} */ cell) {
  if (cell === undefined || cell.samples.length === 0) return 'n/a';
  const median = (/** @type {'p50' | 'p99'} */ name) =>
    quantile(
      cell.samples.map((sample) => sample[name] ?? 0),
      0.5,
    );
  return `${round(median('p50'))} / ${round(median('p99'))}`;
}
