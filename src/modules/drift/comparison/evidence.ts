import type { PolicyChange } from '../../inventory/inventory.facade.js';
import type { Evidence, EvidenceChange, EvidencePreview } from '../finding.js';

/** Longest value of one change, in characters of JSON; a longer one is shortened with a marker. */
const LONGEST_VALUE = 2_000;
/** How much evidence one finding may hold, in characters of JSON; further changes are counted, not kept. */
const LARGEST_EVIDENCE = 100_000;
/** Changes of a finding that a list shows: enough to recognise it by, few enough for a page of a hundred findings. */
export const PREVIEWED_CHANGES = 10;
/** Longest value of a change in a list, in characters of JSON. */
const LONGEST_PREVIEW = 200;

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
      before: shortened(change.before, LONGEST_VALUE),
      after: shortened(change.after, LONGEST_VALUE),
      change: change.change,
    };
    size += JSON.stringify(entry).length;
    if (size > LARGEST_EVIDENCE) return { changes: kept, omittedChanges: changes.length - kept.length };
    kept.push(entry);
  }
  return { changes: kept };
}

/** What of the stored evidence a list shows: its `first` changes, at most {@link PREVIEWED_CHANGES}, of `count` in all. */
export function previewOf(first: readonly EvidenceChange[], count: number): EvidencePreview {
  const changes = first.slice(0, PREVIEWED_CHANGES).map((change) => ({
    ...change,
    before: shortened(change.before, LONGEST_PREVIEW),
    after: shortened(change.after, LONGEST_PREVIEW),
  }));
  const omittedChanges = count - changes.length;
  const isCut = changes.some(({ before, after }, at) => before !== first[at]?.before || after !== first[at]?.after);
  return {
    changes,
    ...(omittedChanges > 0 ? { omittedChanges } : {}),
    ...(omittedChanges > 0 || isCut ? { truncated: true } : {}),
  };
}

function shortened(value: unknown, longest: number): unknown {
  if (value === undefined) return null;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (text.length <= longest) return value;
  // A cut may halve a surrogate pair, which PostgreSQL refuses in jsonb.
  const start = text.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '');
  return `${start}… [shortened, ${text.length} characters]`;
}
