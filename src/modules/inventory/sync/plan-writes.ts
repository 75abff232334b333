import { canonicalJson } from '../policy/json.js';
import type { Completeness } from './completeness.js';
import type { CompletePolicy, TypeReading } from './read-type.js';

/** A policy as the database has it. */
export interface KnownPolicy {
  id: string;
  externalId: string;
  present: boolean;
  /** Of its current version. */
  contentHash: string;
  completeness: Completeness;
}

/** What a reading changes; three empty lists for an unchanged tenant. */
export interface PlannedWrites {
  /** New, re-added or changed: a version stands from this sync on. */
  changed: CompletePolicy[];
  /** Same content, but another proof of completeness. */
  proofs: { id: string; completeness: Completeness }[];
  /** Ids of policies that are gone. */
  removed: string[];
}

/**
 * Compares a reading with what is known. Absence counts only where the type was read to the end; what could not be read
 * whole keeps the version it had.
 */
export function planWrites(reading: TypeReading, known: readonly KnownPolicy[]): PlannedWrites {
  const byId = new Map(known.map((policy) => [policy.externalId, policy]));
  const changed = reading.complete.filter(({ policy }) => {
    const old = byId.get(policy.externalId);
    return !old?.present || old.contentHash !== policy.hashes.contentHash;
  });
  const written = new Set(changed.map(({ policy }) => policy.externalId));
  const observed = [
    ...reading.complete.map(({ policy, completeness }) => ({ externalId: policy.externalId, completeness })),
    ...reading.incomplete,
  ];
  const proofs = observed.flatMap(({ externalId, completeness }) => {
    const old = byId.get(externalId);
    if (!old?.present || written.has(externalId)) return [];
    return canonicalJson(old.completeness) === canonicalJson(completeness) ? [] : [{ id: old.id, completeness }];
  });
  const removed =
    reading.coverage.state === 'read'
      ? known.filter((policy) => policy.present && !reading.listed.has(policy.externalId)).map(({ id }) => id)
      : [];
  return { changed, proofs, removed };
}
