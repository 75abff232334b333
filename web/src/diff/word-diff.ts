import { editScript } from './edit-script';

/** A piece of a text; `changed` says that the other side does not have it. */
export interface Segment {
  text: string;
  changed: boolean;
}

/** Words, runs of space, and every other sign by itself. */
const TOKENS = /[\p{L}\p{N}]+|\s+|[^\p{L}\p{N}\s]/gu;
/** A text with more tokens is not marked word by word. */
const MOST_TOKENS = 2_000;
/** Of the longer text; two that share less are two texts, and marks all over them would only hide that. */
const LEAST_SHARED = 0.3;

/** Two texts with what only one of them has marked; null when they have too little in common for marks to help. */
export function wordDiff(before: string, after: string): { before: Segment[]; after: Segment[] } | null {
  const [old, now] = [tokensOf(before), tokensOf(after)];
  if (old.length === 0 || now.length === 0 || old.length > MOST_TOKENS || now.length > MOST_TOKENS) return null;
  const stretches = editScript(old, now);
  let shared = 0;
  for (const { kind, beforeFrom, beforeTo } of stretches) {
    if (kind === 'same')
      shared += old
        .slice(beforeFrom, beforeTo)
        .filter((token) => token.trim() !== '')
        .join('').length;
  }
  if (shared < LEAST_SHARED * Math.max(before.trim().length, after.trim().length)) return null;
  return {
    before: segmentsOf(stretches.map((each) => [old.slice(each.beforeFrom, each.beforeTo), each.kind !== 'same'])),
    after: segmentsOf(stretches.map((each) => [now.slice(each.afterFrom, each.afterTo), each.kind !== 'same'])),
  };
}

function tokensOf(text: string): string[] {
  return text.match(TOKENS) ?? [];
}

/** Neighbours of one kind are one segment. */
function segmentsOf(parts: readonly (readonly [string[], boolean])[]): Segment[] {
  const segments: Segment[] = [];
  for (const [tokens, changed] of parts) {
    if (tokens.length === 0) continue;
    const last = segments.at(-1);
    if (last?.changed === changed) last.text += tokens.join('');
    else segments.push({ text: tokens.join(''), changed });
  }
  return segments;
}
