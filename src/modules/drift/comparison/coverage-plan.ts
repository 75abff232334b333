import type { TypeCoverage } from '../../inventory/inventory.facade.js';
import type { NotCompared } from '../finding.js';

/** How far each policy type may be compared, given what the two sync runs could read. */
export interface CoveragePlan {
  /** Read to the end in both runs: a policy that is missing on one side really is missing. */
  full: ReadonlySet<string>;
  /** Read in part in one of them: only policies that both runs hold say anything. */
  presentInBoth: ReadonlySet<string>;
  notCompared: NotCompared[];
}

type CoverageState = TypeCoverage['state'];

/**
 * Plans a comparison from the coverage of both runs. What one run could not read is unknown, so it is listed and never
 * becomes a finding. `notCompared` is sorted by type.
 */
export function planCoverage(baseline: readonly TypeCoverage[], current: readonly TypeCoverage[]): CoveragePlan {
  const before = statesOf(baseline);
  const after = statesOf(current);
  const full = new Set<string>();
  const presentInBoth = new Set<string>();
  const notCompared: NotCompared[] = [];
  for (const type of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    const gaps = [gap(before.get(type), 'baseline'), gap(after.get(type), 'current')];
    const unread = gaps.find((found) => found?.hides === 'all');
    const partial = gaps.find((found) => found?.hides === 'absence');
    if (unread) notCompared.push({ type, reason: unread.reason });
    else if (partial) {
      presentInBoth.add(type);
      notCompared.push({ type, reason: partial.reason });
    } else full.add(type);
  }
  return { full, presentInBoth, notCompared };
}

interface Gap {
  hides: 'all' | 'absence';
  reason: string;
}

function gap(state: CoverageState | undefined, run: 'baseline' | 'current'): Gap | undefined {
  const where = `the ${run} sync run`;
  switch (state) {
    case 'read':
      return undefined;
    case 'partial':
      return {
        hides: 'absence',
        reason: `Only policies that both sync runs hold were compared, because ${where} read this type in part.`,
      };
    case 'forbidden':
      return { hides: 'all', reason: `The connection lacked the permission to read this type in ${where}.` };
    case 'throttled':
      return { hides: 'all', reason: `Microsoft Graph throttled the reading of this type in ${where}.` };
    case 'failed':
      return { hides: 'all', reason: `This type could not be read in ${where}.` };
    case 'unsupported_licence':
      return { hides: 'all', reason: `The tenant had no licence for this type in ${where}.` };
    case undefined:
      return { hides: 'all', reason: `This type was not part of ${where}.` };
  }
}

function statesOf(coverage: readonly TypeCoverage[]): Map<string, CoverageState> {
  return new Map(coverage.map((entry) => [entry.type, entry.state]));
}
