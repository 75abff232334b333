import type { PolicyChange, PolicySnapshot } from '../../inventory/inventory.facade.js';
import type { DetectedFinding, EvidenceChange, FindingKind } from '../finding.js';
import { evidenceOf } from './evidence.js';
import { fingerprintOf } from './fingerprint.js';
import type { PolicyPair } from './match-policies.js';
import { severityOf } from './severity.js';

/** Properties that name or describe a policy and configure nothing. */
const NAMING_PATHS = new Set(['name', 'displayName', 'description']);

/**
 * The findings of a policy that both runs hold.
 * - `policy.recreated`: another Graph id; it carries every change of name and body, so there is no `policy.changed` beside it.
 * - `policy.changed`: settings or properties differ; a changed name or description is part of its evidence.
 * - `policy.renamed`: only the name or the description differs; nothing that a device obeys.
 * - `assignment.changed`: beside any of them, because who gets a policy is a question of its own.
 *
 * @param normalisedName the baseline's name without its version suffix.
 */
export function findingsOfPair(
  pair: PolicyPair,
  changes: readonly PolicyChange[],
  normalisedName: string,
): DetectedFinding[] {
  const { before, after } = pair;
  const naming = namingChanges(pair, changes);
  const body = changes.filter((change) => change.section !== 'assignments' && !isNaming(change));
  const finding = (kind: FindingKind, states: [string, string], evidence: readonly EvidenceChange[]) =>
    detected(kind, after, { before, normalisedName, states, evidence });

  const found: DetectedFinding[] = [];
  if (pair.recreated) {
    const id = { path: 'id', before: before.externalId, after: after.externalId, change: 'changed' as const };
    const states: [string, string] = [
      `${before.externalId}|${before.bodyHash}`,
      `${after.externalId}|${after.bodyHash}`,
    ];
    found.push(finding('policy.recreated', states, [id, ...naming, ...body]));
  } else if (before.bodyHash !== after.bodyHash) {
    found.push(finding('policy.changed', [before.bodyHash, after.bodyHash], [...naming, ...body]));
  } else if (naming.length > 0) {
    found.push(finding('policy.renamed', [namesOf(naming, 'before'), namesOf(naming, 'after')], naming));
  }
  if (before.assignmentsHash !== after.assignmentsHash) {
    const assignments = changes.filter((change) => change.section === 'assignments');
    found.push(finding('assignment.changed', [before.assignmentsHash, after.assignmentsHash], assignments));
  }
  return found;
}

/** The finding of a policy that only one run holds. */
export function findingOfAbsence(
  kind: 'policy.added' | 'policy.removed',
  policy: PolicySnapshot,
  normalisedName: string,
): DetectedFinding {
  const state = { name: policy.name, platform: policy.platform };
  const added = kind === 'policy.added';
  return detected(kind, policy, {
    before: added ? null : policy,
    after: added ? policy : null,
    normalisedName,
    states: added ? [null, policy.bodyHash] : [policy.bodyHash, null],
    evidence: [
      {
        path: 'policy',
        before: added ? null : state,
        after: added ? state : null,
        change: added ? 'added' : 'removed',
      },
    ],
  });
}

interface Comparison {
  before: PolicySnapshot | null;
  /** The subject itself when left out. */
  after?: PolicySnapshot | null;
  normalisedName: string;
  states: [string | null, string | null];
  evidence: readonly EvidenceChange[];
}

function detected(kind: FindingKind, subject: PolicySnapshot, comparison: Comparison): DetectedFinding {
  const after = comparison.after === undefined ? subject : comparison.after;
  const [stateBefore, stateAfter] = comparison.states;
  return {
    kind,
    severity: severityOf({ kind, type: subject.type, changes: comparison.evidence }),
    subjectType: subject.type,
    subjectExternalId: subject.externalId,
    subjectName: subject.name,
    policyId: subject.policyId,
    beforeVersionId: comparison.before?.versionId ?? null,
    afterVersionId: after?.versionId ?? null,
    fingerprint: fingerprintOf({
      kind,
      type: subject.type,
      externalId: subject.externalId,
      normalisedName: comparison.normalisedName,
      before: stateBefore,
      after: stateAfter,
    }),
    evidence: evidenceOf(comparison.evidence),
  };
}

function isNaming(change: PolicyChange): boolean {
  return change.section === 'name' || NAMING_PATHS.has(change.path);
}

/** Changes of name and description; the name itself comes from the snapshots, which hold it for every type. */
function namingChanges({ before, after }: PolicyPair, changes: readonly PolicyChange[]): EvidenceChange[] {
  const description = changes.filter((change) => isNaming(change) && change.path === 'description');
  if (before.name === after.name) return description;
  return [{ path: 'name', before: before.name, after: after.name, change: 'changed' }, ...description];
}

function namesOf(naming: readonly EvidenceChange[], side: 'before' | 'after'): string {
  return JSON.stringify(naming.map((change) => [change.path, change[side] ?? null]));
}
