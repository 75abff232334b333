import type { PolicyChange, PolicyDocument, PolicySnapshot, TypeCoverage } from '../../inventory/inventory.facade.js';
import type { DetectedFinding, NotCompared } from '../finding.js';
import { planCoverage } from './coverage-plan.js';
import { findingOfAbsence, findingsOfPair } from './findings-of-pair.js';
import { matchPolicies, type PolicyPair } from './match-policies.js';

/** How many pairs are read and compared at a time; bounds the memory of a comparison, whatever the tenant's size. */
const PAIRS_AT_ONCE = 50;

export interface ComparedRun {
  snapshots: readonly PolicySnapshot[];
  coverage: readonly TypeCoverage[];
}

/** What a comparison needs of the inventory. */
export interface ComparisonTools {
  documents(versionIds: string[]): Promise<Map<string, PolicyDocument>>;
  compare(before: PolicyDocument, after: PolicyDocument): PolicyChange[];
  normalisedName(name: string): string;
  /** Called between chunks with the number of policies done and in all; what it throws ends the comparison. */
  checkpoint(done: number, total: number): Promise<void>;
}

export interface Drift {
  findings: DetectedFinding[];
  notCompared: NotCompared[];
  /** How many policies were looked at: pairs, additions and removals. */
  compared: number;
  /** How many types both runs read, wholly or in part. */
  typesCompared: number;
}

/**
 * Compares two sync runs of one scope. Only what both runs read becomes a finding; the rest is in `notCompared`. Equal
 * inputs give equal findings with equal fingerprints, in no particular order, each fingerprint once.
 */
export async function findDrift(baseline: ComparedRun, current: ComparedRun, tools: ComparisonTools): Promise<Drift> {
  const plan = planCoverage(baseline.coverage, current.coverage);
  const matched = matchPolicies(baseline.snapshots, current.snapshots, plan, (name) => tools.normalisedName(name));
  const findings = [
    ...matched.added.map((policy) => findingOfAbsence('policy.added', policy, tools.normalisedName(policy.name))),
    ...matched.removed.map((policy) => findingOfAbsence('policy.removed', policy, tools.normalisedName(policy.name))),
  ];
  const compared = matched.pairs.length + findings.length;
  const differing = matched.pairs.filter(differs);
  let done = compared - differing.length;
  for (let at = 0; at < differing.length; at += PAIRS_AT_ONCE) {
    await tools.checkpoint(done, compared);
    const chunk = differing.slice(at, at + PAIRS_AT_ONCE);
    findings.push(...(await compareChunk(chunk, tools)));
    done += chunk.length;
  }
  await tools.checkpoint(done, compared);
  const unique = new Map(findings.map((finding) => [finding.fingerprint, finding]));
  return {
    findings: [...unique.values()],
    notCompared: plan.notCompared,
    compared,
    typesCompared: plan.full.size + plan.presentInBoth.size,
  };
}

/** Whether a pair needs its documents; a version is immutable, so one version on both sides cannot differ. */
function differs(pair: PolicyPair): boolean {
  return pair.recreated || pair.before.versionId !== pair.after.versionId;
}

async function compareChunk(chunk: readonly PolicyPair[], tools: ComparisonTools): Promise<DetectedFinding[]> {
  const documents = await tools.documents(chunk.flatMap((pair) => [pair.before.versionId, pair.after.versionId]));
  const document = (versionId: string): PolicyDocument => {
    const found = documents.get(versionId);
    if (!found) throw new Error(`Policy version ${versionId} has no document.`);
    return found;
  };
  return chunk.flatMap((pair) => {
    const changes = tools.compare(document(pair.before.versionId), document(pair.after.versionId));
    return findingsOfPair(pair, changes, tools.normalisedName(pair.before.name));
  });
}
