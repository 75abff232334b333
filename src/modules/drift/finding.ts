/** What a finding says; stored, so a name never changes once findings of it exist. */
export const FINDING_KINDS = [
  'policy.added',
  'policy.removed',
  'policy.changed',
  'policy.renamed',
  'policy.recreated',
  'assignment.changed',
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** A finding's life; people move it from `new` to `acknowledged`, the later steps belong to decisions and re-checks. */
export const FINDING_STATUSES = ['new', 'acknowledged', 'accepted', 'resolved', 'reopened'] as const;
export type FindingStatus = (typeof FINDING_STATUSES)[number];

/** Weakest first. */
export const FINDING_SEVERITIES = ['low', 'medium', 'high'] as const;
export type FindingSeverity = (typeof FINDING_SEVERITIES)[number];

/** One difference as people see it; secrets are already redacted and huge values shortened. */
export interface EvidenceChange {
  path: string;
  settingDefinitionId?: string;
  before: unknown;
  after: unknown;
  change: 'added' | 'removed' | 'changed';
}

/** `omittedChanges` counts the differences that were left out because the evidence had grown too large. */
export interface Evidence {
  changes: EvidenceChange[];
  omittedChanges?: number;
}

/**
 * The evidence as a list shows it: the first changes, with long values cut. `omittedChanges` counts all that are not
 * shown here; `truncated` says that the finding itself has more than is shown.
 */
export interface EvidencePreview extends Evidence {
  truncated?: true;
}

/** A finding as the comparison makes it, before it has a row. */
export interface DetectedFinding {
  kind: FindingKind;
  severity: FindingSeverity;
  /** The policy type, e.g. `settingsCatalog`. */
  subjectType: string;
  subjectExternalId: string;
  subjectName: string;
  policyId: string;
  /** Null for an added policy. */
  beforeVersionId: string | null;
  /** Null for a removed policy. */
  afterVersionId: string | null;
  /** Sha-256 in hex over what makes the finding the same one again; free of tenant, run and time. */
  fingerprint: string;
  evidence: Evidence;
}

/** A policy type that a comparison left out, wholly or for additions and removals; `reason` is words for people. */
export interface NotCompared {
  type: string;
  reason: string;
}
