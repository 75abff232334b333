import { canonicalJson } from '../policy/json.js';
import type { NormalisedPolicy } from '../policy/canonical-policy.js';
import type { Completeness } from './completeness.js';
import type { JudgedObject } from './object-reading.js';

/** A policy as the database has it. */
export interface KnownPolicy {
  id: string;
  /** The key it was stored under; another one of the same collection when the catalogue has split its type since. */
  type: string;
  externalId: string;
  present: boolean;
  /** Of its current version. */
  contentHash: string;
  completeness: Completeness;
  /** Whether what it refers to was written down. */
  referencesStored: boolean;
}

/** A policy of which everything was read. */
export interface CompletePolicy {
  policy: NormalisedPolicy;
  completeness: Completeness;
}

/** A policy with the id that the inventory knows it by. */
export interface StoredPolicy {
  id: string;
  policy: NormalisedPolicy;
}

/** What a chunk of a reading changes; empty lists for an unchanged tenant. */
export interface PlannedWrites {
  /** Stored under another type of the collection until now: the same policy, to be kept under its new one. */
  moved: string[];
  /** New, re-added or changed: a version stands from this sync on. */
  changed: CompletePolicy[];
  /** Same content, but another proof of completeness. */
  proofs: { id: string; completeness: Completeness }[];
  /** Unchanged, but stored before what policies refer to was. */
  unreferred: StoredPolicy[];
}

/** Compares objects of one type with what is known. What could not be read whole keeps the version and the type it had. */
export function planWrites(
  typeKey: string,
  objects: readonly JudgedObject[],
  known: readonly KnownPolicy[],
): PlannedWrites {
  const plan: PlannedWrites = { moved: [], changed: [], proofs: [], unreferred: [] };
  const byId = knownById(typeKey, known);
  for (const { externalId, policy, completeness } of objects) {
    const old = byId.get(externalId);
    if (policy && old && old.type !== typeKey) plan.moved.push(old.id);
    if (policy && (!old?.present || old.contentHash !== policy.hashes.contentHash)) {
      plan.changed.push({ policy, completeness });
      continue;
    }
    if (policy && old?.referencesStored === false) plan.unreferred.push({ id: old.id, policy });
    if (old?.present && canonicalJson(old.completeness) !== canonicalJson(completeness)) {
      plan.proofs.push({ id: old.id, completeness });
    }
  }
  return plan;
}

/** Each Graph id once: under its own type before another, and what is there before what is gone. */
function knownById(typeKey: string, known: readonly KnownPolicy[]): Map<string, KnownPolicy> {
  const rank = ({ type, present }: KnownPolicy): number => (type === typeKey ? 2 : 0) + (present ? 1 : 0);
  const sorted = [...known].sort((a, b) => rank(a) - rank(b));
  return new Map(sorted.map((policy) => [policy.externalId, policy]));
}
