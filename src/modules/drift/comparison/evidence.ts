import type { PolicyChange } from '../../inventory/inventory.facade.js';
import type { Evidence, EvidenceChange } from '../finding.js';

/** Longest value of one change, in characters of JSON; a longer one is shortened with a marker. */
const LONGEST_VALUE = 2_000;
/** How much evidence one finding may hold, in characters of JSON; further changes are counted, not kept. */
const LARGEST_EVIDENCE = 100_000;

/**
 * Makes a finding's evidence of `changes`, which the inventory has redacted. Only the five named fields pass, whatever
 * else a change carries.
 */
export function evidenceOf(changes: readonly (EvidenceChange | PolicyChange)[]): Evidence {
  const kept: EvidenceChange[] = [];
  let size = 0;
  for (const change of changes) {
    const entry: EvidenceChange = {
      path: change.path,
      ...(change.settingDefinitionId === undefined ? {} : { settingDefinitionId: change.settingDefinitionId }),
      before: shortened(change.before),
      after: shortened(change.after),
      change: change.change,
    };
    size += JSON.stringify(entry).length;
    if (size > LARGEST_EVIDENCE) return { changes: kept, omittedChanges: changes.length - kept.length };
    kept.push(entry);
  }
  return { changes: kept };
}

function shortened(value: unknown): unknown {
  if (value === undefined) return null;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (text.length <= LONGEST_VALUE) return value;
  // A cut may halve a surrogate pair, which PostgreSQL refuses in jsonb.
  const start = text.slice(0, LONGEST_VALUE).replace(/[\uD800-\uDBFF]$/, '');
  return `${start}… [shortened, ${text.length} characters]`;
}
