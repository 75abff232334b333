import type { PolicySnapshot } from '../../inventory/inventory.facade.js';
import type { CoveragePlan } from './coverage-plan.js';

/** Two states of what is one policy to people. `recreated`: the object has another Graph id now. */
export interface PolicyPair {
  before: PolicySnapshot;
  after: PolicySnapshot;
  recreated: boolean;
}

export interface MatchedPolicies {
  pairs: PolicyPair[];
  added: PolicySnapshot[];
  removed: PolicySnapshot[];
}

type KeyOf = (policy: PolicySnapshot) => string;

/**
 * Finds which policy of `baseline` is which of `current`: by Graph id, then by the inventory's own identity, then by type
 * and normalised name. A name that stands several times on a side settles nothing by itself, so equal bodies and then
 * equal full names decide, and what stays ambiguous counts as removed and added. Types outside the plan are left out.
 */
export function matchPolicies(
  baseline: readonly PolicySnapshot[],
  current: readonly PolicySnapshot[],
  plan: CoveragePlan,
  normalisedName: (name: string) => string,
): MatchedPolicies {
  const planned = (policy: PolicySnapshot): boolean =>
    plan.full.has(policy.type) || plan.presentInBoth.has(policy.type);
  const whole = (policy: PolicySnapshot): boolean => plan.full.has(policy.type);
  const byGraphId: KeyOf = (policy) => key(policy.type, policy.externalId);
  const byIdentity: KeyOf = (policy) => key(policy.type, policy.policyId);
  const byName: KeyOf = (policy) => key(policy.type, normalisedName(policy.name));
  const byFullName: KeyOf = (policy) => key(policy.type, policy.name);

  const sides = new Sides(baseline.filter(planned), current.filter(planned));
  // One Graph id can stand twice in a run (Intune exports do hold such); the stricter keys tell the two apart first.
  const sameObject = [byIdentity, byFullName, byName].map((keyOf) => both(byGraphId, keyOf));
  const pairs = [...sameObject, byGraphId].flatMap((keyOf) => sides.take(keyOf, false));
  sides.keepOnly(whole);
  const sameName = [both(byName, (policy) => policy.bodyHash), byFullName, byName];
  pairs.push(...[byIdentity, ...sameName].flatMap((keyOf) => sides.take(keyOf, true)));
  return { pairs, added: sides.current, removed: sides.baseline };
}

/** What is not matched yet, on either side. */
class Sides {
  constructor(
    public baseline: PolicySnapshot[],
    public current: PolicySnapshot[],
  ) {}

  keepOnly(wanted: (policy: PolicySnapshot) => boolean): void {
    this.baseline = this.baseline.filter(wanted);
    this.current = this.current.filter(wanted);
  }

  /** Removes and answers the pairs whose key stands exactly once on each side. */
  take(keyOf: KeyOf, recreated: boolean): PolicyPair[] {
    const before = uniqueBy(this.baseline, keyOf);
    const after = uniqueBy(this.current, keyOf);
    const pairs: PolicyPair[] = [];
    for (const [found, policy] of before) {
      const match = after.get(found);
      if (policy && match) pairs.push({ before: policy, after: match, recreated });
    }
    const taken = new Set(pairs.flatMap((pair) => [pair.before, pair.after]));
    this.keepOnly((policy) => !taken.has(policy));
    return pairs;
  }
}

/** Maps each key to its policy, or to undefined where several share it. */
function uniqueBy(policies: readonly PolicySnapshot[], keyOf: KeyOf): Map<string, PolicySnapshot | undefined> {
  const found = new Map<string, PolicySnapshot | undefined>();
  for (const policy of policies) {
    const at = keyOf(policy);
    found.set(at, found.has(at) ? undefined : policy);
  }
  return found;
}

const key = (...parts: string[]): string => JSON.stringify(parts);

const both =
  (first: KeyOf, second: KeyOf): KeyOf =>
  (policy) =>
    key(first(policy), second(policy));
