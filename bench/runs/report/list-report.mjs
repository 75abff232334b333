import { round, table } from './table.mjs';

/**
 * @param {import('../lists/lists.mjs').ListResults} lists
 * @returns {string[]} blocks of Markdown
 */
export function listReport({ pages, seeding }) {
  const columns = (/** @type {readonly import('../lists/lists.mjs').PageResult[]} */ results) =>
    results.map(({ label, runs, sql, http }) => [
      label,
      runs.toLocaleString('en'),
      `${round(sql.p50)} / ${round(sql.p95)}`,
      `${round(http.p50)} / ${round(http.p95)}`,
    ]);
  const filled = seeding.map(({ runs, seconds }) => `${runs.toLocaleString('en')} runs in ${round(seconds)} s`);
  return [
    '### Monitoring: pages of the largest tenant, ms',
    `50 tenants, one with 40 % of the runs; a year of them, 500 active, 2 % failed. SQL: what the page sends about runs, with the tenant's rights, on one connection. HTTP: one request at a time, signed in by a token. Filled: ${filled.join(', ')}.`,
    table(['page', 'runs', 'SQL p50 / p95', 'HTTP p50 / p95'], columns(pages)),
  ];
}
