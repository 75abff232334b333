import { editScript } from './edit-script';
import { wordDiff, type Segment } from './word-diff';

export interface Line {
  /** Counted from 1 in its own text. */
  number: number;
  segments: readonly Segment[];
}

/** A line of the two texts side by side; a side that has no such line is null. */
export interface LinePair {
  kind: 'same' | 'changed' | 'added' | 'removed';
  before: Line | null;
  after: Line | null;
}

/** Lines to show, or a number of equal ones that are left out. */
export type LineBlock = { pairs: LinePair[] } | { folded: LinePair[] };

/** Two texts line by line. What was removed and added in one place stands side by side, with the words marked. */
export function lineDiff(before: string, after: string): LinePair[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  const pairs: LinePair[] = [];
  const stretches = editScript(old, now);
  for (let at = 0; at < stretches.length; at += 1) {
    const stretch = stretches[at];
    if (stretch === undefined) break;
    const next = stretches[at + 1];
    if (stretch.kind === 'removed' && next?.kind === 'added') {
      pairs.push(...replaced(old, now, stretch.beforeFrom, stretch.beforeTo, next.afterFrom, next.afterTo));
      at += 1;
      continue;
    }
    const length = Math.max(stretch.beforeTo - stretch.beforeFrom, stretch.afterTo - stretch.afterFrom);
    for (let offset = 0; offset < length; offset += 1) {
      pairs.push({
        kind: stretch.kind,
        before: stretch.kind === 'added' ? null : whole(old, stretch.beforeFrom + offset, stretch.kind !== 'same'),
        after: stretch.kind === 'removed' ? null : whole(now, stretch.afterFrom + offset, stretch.kind !== 'same'),
      });
    }
  }
  return pairs;
}

/** Leaves out equal lines that are further than `context` lines from a difference; a gap of one line is shown. */
export function folded(pairs: readonly LinePair[], context = 3): LineBlock[] {
  const near = new Array<boolean>(pairs.length).fill(false);
  pairs.forEach(({ kind }, at) => {
    if (kind === 'same') return;
    for (let each = Math.max(0, at - context); each <= Math.min(pairs.length - 1, at + context); each += 1) {
      near[each] = true;
    }
  });
  const blocks: LineBlock[] = [];
  for (let from = 0; from < pairs.length;) {
    let to = from;
    while (to < pairs.length && near[to] === near[from]) to += 1;
    const some = pairs.slice(from, to);
    blocks.push(near[from] === true || some.length < 2 ? { pairs: some } : { folded: some });
    from = to;
  }
  return blocks;
}

function replaced(
  old: readonly string[],
  now: readonly string[],
  oldFrom: number,
  oldTo: number,
  nowFrom: number,
  nowTo: number,
): LinePair[] {
  const length = Math.max(oldTo - oldFrom, nowTo - nowFrom);
  return Array.from({ length }, (_, offset): LinePair => {
    const [x, y] = [oldFrom + offset, nowFrom + offset];
    if (x >= oldTo) return { kind: 'added', before: null, after: whole(now, y, true) };
    if (y >= nowTo) return { kind: 'removed', before: whole(old, x, true), after: null };
    const words = wordDiff(old[x] ?? '', now[y] ?? '');
    return {
      kind: 'changed',
      before: words === null ? whole(old, x, false) : { number: x + 1, segments: words.before },
      after: words === null ? whole(now, y, false) : { number: y + 1, segments: words.after },
    };
  });
}

function whole(lines: readonly string[], at: number, changed: boolean): Line {
  const text = lines[at] ?? '';
  return { number: at + 1, segments: text === '' ? [] : [{ text, changed }] };
}

/** Neither the kind of line end nor one at the very end is a difference that a person can see. */
function linesOf(text: string): string[] {
  return text === '' ? [] : text.replace(/\r\n?/g, '\n').replace(/\n$/, '').split('\n');
}
