/** A time as Graph writes it: UTC with seven digits of a second. `at` is in milliseconds since 1970. */
export function graphTime(at: number): string {
  return new Date(at).toISOString().replace('Z', '0000Z');
}
