/** How many cases a property is tried with, and from which seed. */
export interface PropertyCases {
  numRuns: number;
  seed: number;
}

/** By `PROPERTY_RUNS` and `PROPERTY_SEED`; with more runs than usual the seed is the clock's unless one is given. */
export function propertyCases(usual: number): PropertyCases {
  const { PROPERTY_RUNS: runs, PROPERTY_SEED: seed } = process.env;
  return { numRuns: Number(runs ?? usual), seed: Number(seed ?? (runs === undefined ? 20260 : Date.now() | 0)) };
}
