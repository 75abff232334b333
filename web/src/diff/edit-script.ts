/** A stretch of two sequences: both have it, or only the one before or after. Ends are exclusive. */
export interface Stretch {
  kind: 'same' | 'removed' | 'added';
  /** In the sequence before; empty for what was added. */
  beforeFrom: number;
  beforeTo: number;
  /** In the sequence after; empty for what was removed. */
  afterFrom: number;
  afterTo: number;
}

/**
 * Edits of a middle part that are searched for; work and memory grow with their square. Beyond it the middle counts as
 * replaced, which is true of two texts that have next to nothing in common.
 */
const MOST_EDITS = 1_500;

/**
 * The shortest way from one sequence to the other: common ends first, the middle by Myers' greedy algorithm ("An O(ND)
 * Difference Algorithm and Its Variations", 1986). Removed stretches stand before added ones.
 */
export function editScript(before: readonly string[], after: readonly string[]): Stretch[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1;
  let tail = 0;
  const rest = Math.min(before.length, after.length) - head;
  while (tail < rest && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;

  const old = before.slice(head, before.length - tail);
  const now = after.slice(head, after.length - tail);
  const matches = old.length === 0 || now.length === 0 ? [] : commonPairs(old, now);
  const pairs: [number, number][] = [
    ...Array.from({ length: head }, (_, at): [number, number] => [at, at]),
    ...matches.map(([x, y]): [number, number] => [x + head, y + head]),
    ...Array.from({ length: tail }, (_, at): [number, number] => [before.length - tail + at, after.length - tail + at]),
  ];
  return stretchesOf(pairs, before.length, after.length);
}

/** Positions that both have, ascending in both; none when there would be too many edits. */
function commonPairs(before: readonly string[], after: readonly string[]): [number, number][] {
  const [n, m] = [before.length, after.length];
  const most = Math.min(n + m, MOST_EDITS);
  const furthest = new Int32Array(2 * most + 3);
  const middle = most + 1;
  const trace: Int32Array[] = [];
  for (let edits = 0; edits <= most; edits += 1) {
    trace.push(furthest.slice(middle - edits - 1, middle + edits + 2));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const down = isDown(furthest, middle + diagonal, diagonal, edits);
      let x = down ? at(furthest, middle + diagonal + 1) : at(furthest, middle + diagonal - 1) + 1;
      let y = x - diagonal;
      while (x < n && y < m && before[x] === after[y]) {
        x += 1;
        y += 1;
      }
      furthest[middle + diagonal] = x;
      if (x >= n && y >= m) return walkBack(trace, n, m);
    }
  }
  return [];
}

function walkBack(trace: readonly Int32Array[], n: number, m: number): [number, number][] {
  const pairs: [number, number][] = [];
  let [x, y] = [n, m];
  for (let edits = trace.length - 1; edits >= 0; edits -= 1) {
    const furthest = trace[edits] ?? new Int32Array();
    const middle = edits + 1;
    const diagonal = x - y;
    const from = isDown(furthest, middle + diagonal, diagonal, edits) ? diagonal + 1 : diagonal - 1;
    const startX = edits === 0 ? 0 : at(furthest, middle + from);
    const startY = edits === 0 ? 0 : startX - from;
    while (x > startX && y > startY) {
      x -= 1;
      y -= 1;
      pairs.push([x, y]);
    }
    [x, y] = [startX, startY];
  }
  return pairs.reverse();
}

/** Whether the furthest path to a diagonal comes from above: by an addition. */
function isDown(furthest: Int32Array, index: number, diagonal: number, edits: number): boolean {
  return diagonal === -edits || (diagonal !== edits && at(furthest, index - 1) < at(furthest, index + 1));
}

function at(values: Int32Array, index: number): number {
  return values[index] ?? 0;
}

function stretchesOf(pairs: readonly [number, number][], n: number, m: number): Stretch[] {
  const found: Stretch[] = [];
  let [x, y] = [0, 0];
  const gapTo = (nextX: number, nextY: number): void => {
    if (nextX > x) found.push({ kind: 'removed', beforeFrom: x, beforeTo: nextX, afterFrom: y, afterTo: y });
    if (nextY > y) found.push({ kind: 'added', beforeFrom: nextX, beforeTo: nextX, afterFrom: y, afterTo: nextY });
  };
  for (const [pairX, pairY] of pairs) {
    const last = found.at(-1);
    if (pairX === x && pairY === y && last?.kind === 'same') {
      last.beforeTo += 1;
      last.afterTo += 1;
    } else {
      gapTo(pairX, pairY);
      found.push({ kind: 'same', beforeFrom: pairX, beforeTo: pairX + 1, afterFrom: pairY, afterTo: pairY + 1 });
    }
    [x, y] = [pairX + 1, pairY + 1];
  }
  gapTo(n, m);
  return found;
}
