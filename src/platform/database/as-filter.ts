/**
 * SQL for a condition that PostgreSQL asks of each row that it found by something else, and never chooses an index for.
 * For what is looked up by its key: with `status = 'queued'` beside the key, statistics of a quiet hour promise that an
 * index over queued rows holds next to nothing, and all of a later backlog is read for every row that is looked up.
 */
export function asFilter(condition: string): string {
  return `CASE WHEN ${condition} THEN true ELSE false END`;
}
