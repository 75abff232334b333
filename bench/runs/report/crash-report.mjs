import { LEASE_SECONDS, SWEEP_SECONDS } from '../crash/crash.mjs';
import { round, table } from './table.mjs';

/** @typedef {import('../crash/crash.mjs').CrashResult} CrashResult */

/**
 * @param {readonly CrashResult[]} crashes
 * @returns {string[]} blocks of Markdown
 */
export function crashReport(crashes) {
  return [
    '### Crashes, with real processes',
    'Time to truth: from the fault until no row tells of the worker or the doorbell that was lost. A frozen worker is thawed while another works its runs. A handler that was repeated is no double commit: one completion counted.',
    table(
      ['fault', 'runs', 'affected', 'time to truth', 'all completed', 'double commits', 'stuck', 'worked again'],
      crashes.map((crash) => [
        crash.label,
        String(crash.runs),
        String(crash.affected),
        seconds(crash.truthSeconds),
        seconds(crash.doneSeconds),
        String(crash.doubleCommits),
        String(crash.stuck),
        String(crash.repeated),
      ]),
    ),
  ];
}

/**
 * @param {readonly CrashResult[]} crashes
 * @returns {import('./targets.mjs').Verdict[]}
 */
export function crashVerdicts(crashes) {
  const limit = LEASE_SECONDS + SWEEP_SECONDS;
  return crashes.flatMap(({ label, truthSeconds, doubleCommits, stuck, affected }) => [
    { what: `${label}: double commits`, target: '0', measured: String(doubleCommits), met: doubleCommits === 0 },
    { what: `${label}: stuck rows`, target: '0', measured: String(stuck), met: stuck === 0 },
    {
      what: `${label}: time to truth, lease and one sweep`,
      target: `≤ ${limit} s`,
      measured: seconds(truthSeconds),
      met: affected > 0 && truthSeconds !== undefined && truthSeconds <= limit,
    },
  ]);
}

function seconds(/** @type {number | undefined} */ value) {
  return value === undefined ? 'never' : `${round(value)} s`;
}
