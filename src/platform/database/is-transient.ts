/** SQLSTATE classes that say nothing about the statement: connection, resources, operator intervention, rollback. */
const PASSING = /^(?:08|53|57P|40)/;
const SQLSTATE = /^[0-9A-Z]{5}$/;

/** Whether the same statement may well succeed later: the database was away or busy, not the statement wrong. */
export function isTransient(error: unknown): boolean {
  const code: unknown = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code !== 'string' || !SQLSTATE.test(code) || PASSING.test(code);
}
