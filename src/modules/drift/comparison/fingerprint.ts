import { createHash } from 'node:crypto';
import type { FindingKind } from '../finding.js';

/** What makes two findings the same one: free of tenant, run, time and version number. */
export interface FingerprintScope {
  kind: FindingKind;
  type: string;
  externalId: string;
  /** Tells two objects apart that carry one Graph id; the version suffix is off, so that a new version changes nothing. */
  normalisedName: string;
  /** Hash or text of the state before and after; null where there was or is none. */
  before: string | null;
  after: string | null;
}

/** Sha-256, in hex, over the scope in a fixed order; equal scopes give equal fingerprints on every machine. */
export function fingerprintOf(scope: FingerprintScope): string {
  const canonical = JSON.stringify([
    'v1',
    scope.kind,
    scope.type,
    scope.externalId,
    scope.normalisedName,
    scope.before,
    scope.after,
  ]);
  return createHash('sha256').update(canonical).digest('hex');
}
