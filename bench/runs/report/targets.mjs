import { IN_FLIGHT } from '../systems/system.mjs';
import { round, table } from './table.mjs';
import { medianRate } from './throughput-report.mjs';

/** @typedef {import('../systems/catalogue.mjs').CellKind} CellKind */

/**
 * @typedef {object} Verdict
 * @property {string} what
 * @property {string} target
 * @property {string} measured
 * @property {boolean} met
 */

/**
 * The engine's cell against a peer's: at least `factor` times as many per second.
 * @typedef {object} Rate
 * @property {CellKind} kind
 * @property {string} ours
 * @property {string} theirs
 * @property {number} factor
 * @property {string} what
 */

/** @type {readonly Rate[]} */
const RATES = [
  { kind: 'start', ours: 'engine-pg', theirs: 'pg-boss', factor: 1, what: "start on PostgreSQL / pg-boss's send" },
  { kind: 'start', ours: 'engine-redis', theirs: 'pg-boss', factor: 1, what: "start on Redis / pg-boss's send" },
  {
    kind: 'start',
    ours: 'engine-pg',
    theirs: 'row-bullmq-pg',
    factor: 2 / 3,
    what: 'start on PostgreSQL / bare row + add',
  },
  {
    kind: 'start',
    ours: 'engine-redis',
    theirs: 'row-bullmq-redis',
    factor: 2 / 3,
    what: 'start on Redis / bare row + add',
  },
  { kind: 'collide', ours: 'engine-pg', theirs: 'pg-boss', factor: 3, what: 'collide on PostgreSQL / pg-boss' },
  { kind: 'collide', ours: 'engine-redis', theirs: 'pg-boss', factor: 3, what: 'collide on Redis / pg-boss' },
  { kind: 'start', ours: 'floor', theirs: 'pg-boss', factor: 1, what: "the floor of a start / pg-boss's send" },
  {
    kind: 'start',
    ours: 'floor-records',
    theirs: 'pg-boss',
    factor: 1,
    what: "the floor of its records / pg-boss's send",
  },
  {
    kind: 'start',
    ours: 'floor-records-redis',
    theirs: 'pg-boss',
    factor: 1,
    what: "the floor of its records, on Redis / pg-boss's send",
  },
  {
    kind: 'start',
    ours: 'floor-records',
    theirs: 'row-bullmq-pg',
    factor: 2 / 3,
    what: 'the floor of its records / bare row + add',
  },
  {
    kind: 'start',
    ours: 'floor-records-redis',
    theirs: 'row-bullmq-redis',
    factor: 2 / 3,
    what: 'the floor of its records, on Redis / bare row + add',
  },
  { kind: 'collide', ours: 'floor', theirs: 'pg-boss', factor: 3, what: 'the floor of a collision / pg-boss' },
  ...completionRates(),
  {
    kind: 'batched',
    ours: 'engine-rows',
    theirs: 'graphile-worker',
    factor: 0.5,
    what: 'complete batched / graphile-worker batched',
  },
  {
    kind: 'batched',
    ours: 'floor-listed',
    theirs: 'graphile-worker',
    factor: 0.5,
    what: 'the floor of batched completions / graphile-worker batched',
  },
  {
    kind: 'batched',
    ours: 'floor-recorded',
    theirs: 'graphile-worker',
    factor: 0.5,
    what: 'the floor of batched completions with their records / graphile-worker batched',
  },
];

/**
 * Against both: DBOS as it is has more in flight than it is asked for.
 * @returns {Rate[]}
 */
function completionRates() {
  const ours = [
    { ours: 'engine-pg', what: 'complete on PostgreSQL' },
    { ours: 'engine-redis', what: 'complete on Redis' },
    { ours: 'engine-rows', what: 'complete without the doorbell' },
  ];
  const theirs = [
    { theirs: 'dbos-held', whose: 'DBOS with as many in flight' },
    { theirs: 'dbos', whose: 'DBOS without a limit' },
  ];
  return theirs.flatMap(({ theirs, whose }) =>
    ours.map(({ ours, what }) => ({
      kind: /** @type {const} */ ('single'),
      ours,
      theirs,
      factor: 1,
      what: `${what} / ${whose}`,
    })),
  );
}

/**
 * @param {readonly import('../throughput/throughput.mjs').CellResult[]} results
 * @returns {Verdict[]}
 */
export function throughputVerdicts(results) {
  return RATES.flatMap(({ kind, ours, theirs, factor, what }) =>
    IN_FLIGHT.flatMap((inFlight) => {
      const mine = medianRate(results, ours, kind, inFlight);
      const other = medianRate(results, theirs, kind, inFlight);
      if (mine === undefined || other === undefined) return [];
      const ratio = mine / other;
      return [
        {
          what: `${what}, ${inFlight} in flight`,
          target: `≥ ${round(factor)}`,
          measured: round(ratio),
          met: ratio >= factor,
        },
      ];
    }),
  );
}

const SQL_P50_MS = 1;
const COUNTS_MS = 2;
const HTTP_P95_MS = 20;
const GROWTH = 1.2;

/**
 * @param {import('../lists/lists.mjs').ListResults} lists
 * @returns {Verdict[]}
 */
export function listVerdicts({ pages, countsExact }) {
  const sizes = [...new Set(pages.map(({ runs }) => runs))].sort((a, b) => a - b);
  const small = sizes[0] ?? 0;
  const large = sizes.at(-1) ?? 0;
  const at = (/** @type {string} */ name, /** @type {number} */ runs) =>
    /** @type {import('../lists/lists.mjs').PageResult} */ (
      pages.find((page) => page.name === name && page.runs === runs)
    );
  const list = at('list', large);
  const before = at('list', small);
  const counts = at('counts', large);
  const many = `at ${large.toLocaleString('en')} runs`;
  return [
    below(`list page ${many}, SQL p50 in ms`, list.sql.p50, SQL_P50_MS),
    below(`list page ${many}, HTTP p95 in ms`, list.http.p95, HTTP_P95_MS),
    below(`list page ${many} / at ${small.toLocaleString('en')}, SQL p50`, list.sql.p50 / before.sql.p50, GROWTH),
    below(`list page ${many} / at ${small.toLocaleString('en')}, HTTP p50`, list.http.p50 / before.http.p50, GROWTH),
    below(`counts ${many}, SQL p50 in ms`, counts.sql.p50, COUNTS_MS),
    { what: `counts ${many}`, target: 'exact', measured: countsExact ? 'exact' : 'wrong', met: countsExact },
  ];
}

/**
 * @param {string} what
 * @param {number} measured
 * @param {number} limit
 * @returns {Verdict}
 */
function below(what, measured, limit) {
  return { what, target: `≤ ${limit}`, measured: round(measured), met: measured <= limit };
}

/** @param {readonly Verdict[]} verdicts */
export function verdictTable(verdicts) {
  return table(
    ['target', 'wanted', 'measured', ''],
    verdicts.map(({ what, target, measured, met }) => [what, target, measured, met ? 'met' : '**missed**']),
  );
}
