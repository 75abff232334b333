import { Button, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { countOf } from '../ui/format';
import { Segments } from './diff-value';
import classes from './diff.module.css';
import { folded, lineDiff, type Line, type LineBlock, type LinePair } from './line-diff';

/** Lines that are drawn before a person asks for more. */
const FIRST_DRAWN = 400;

interface TextLinesProps {
  before: string;
  after: string;
  /** What the two texts are, for assistive technology. */
  label: string;
}

/** Two long texts line by line, side by side or below each other; equal lines far from a difference are folded. */
export function TextLines({ before, after, label }: TextLinesProps) {
  const pairs = useMemo(() => lineDiff(before, after), [before, after]);
  const blocks = useMemo(() => folded(pairs), [pairs]);
  const [unfolded, setUnfolded] = useState<ReadonlySet<number>>(new Set());
  const [isWhole, setWhole] = useState(false);
  if (pairs.every(({ kind }) => kind === 'same')) {
    return before === after ? (
      <Lines pairs={isWhole ? pairs : pairs.slice(0, FIRST_DRAWN)} isSingle label={label}>
        {!isWhole && pairs.length > FIRST_DRAWN && <More count={pairs.length} onMore={() => setWhole(true)} />}
      </Lines>
    ) : (
      <Text size="sm" c="dimmed">
        The texts differ only in how their lines end.
      </Text>
    );
  }
  const shown = isWhole ? blocks : firstOf(blocks, FIRST_DRAWN);
  const isSingle = before === '' || after === '';
  return (
    <div className={classes.lines} role="group" aria-label={label} data-single={isSingle}>
      {shown.map((block, at) =>
        'folded' in block && !unfolded.has(at) ? (
          <button
            key={at}
            type="button"
            className={classes.fold}
            onClick={() => setUnfolded(new Set([...unfolded, at]))}
          >
            Show {countOf(block.folded.length, 'unchanged line')}
          </button>
        ) : (
          <Pairs key={at} pairs={'folded' in block ? block.folded : block.pairs} isSingle={isSingle} />
        ),
      )}
      {shown !== blocks && <More count={pairs.length} onMore={() => setWhole(true)} />}
    </div>
  );
}

function Lines({ pairs, isSingle, label, children }: LinesProps) {
  return (
    <div className={classes.lines} role="group" aria-label={label} data-single={isSingle}>
      <Pairs pairs={pairs} isSingle={isSingle} />
      {children}
    </div>
  );
}

interface LinesProps {
  pairs: readonly LinePair[];
  isSingle: boolean;
  label: string;
  children: React.ReactNode;
}

function More({ count, onMore }: { count: number; onMore: () => void }) {
  return (
    <Button size="compact-sm" variant="subtle" m={6} onClick={onMore}>
      Show all {countOf(count, 'line')}
    </Button>
  );
}

/** One column is enough where one side is empty, or both are the same. */
function Pairs({ pairs, isSingle }: { pairs: readonly LinePair[]; isSingle: boolean }) {
  return pairs.map(({ kind, before, after }, at) => (
    <div key={at} className={classes.linePair} data-kind={kind}>
      {(!isSingle || kind === 'removed') && <Side side="before" line={before} kind={kind} />}
      {(!isSingle || kind !== 'removed') && <Side side="after" line={after} kind={kind} />}
    </div>
  ));
}

function Side({ side, line, kind }: { side: 'before' | 'after'; line: Line | null; kind: LinePair['kind'] }) {
  const sign = kind === 'same' || line === null ? ' ' : side === 'before' ? '-' : '+';
  return (
    <div className={classes.line} data-side={side} data-there={line !== null} data-changed={kind !== 'same'}>
      <span className={classes.lineNumber} aria-hidden>
        {line?.number}
      </span>
      <span className={classes.lineSign}>{sign}</span>
      <code className={classes.lineText}>
        {line !== null && <Segments side={side} segments={kind === 'changed' ? line.segments : plain(line)} />}
      </code>
    </div>
  );
}

/** A line that came or went as a whole is coloured as a whole. */
function plain({ segments }: Line): Line['segments'] {
  return segments.map(({ text }) => ({ text, changed: false }));
}

/** The blocks with the first lines; the same list when it has no more. */
function firstOf(blocks: readonly LineBlock[], most: number): readonly LineBlock[] {
  let left = most;
  const first: LineBlock[] = [];
  for (const block of blocks) {
    if (left <= 0) return first;
    if ('folded' in block) {
      first.push(block);
      continue;
    }
    if (block.pairs.length > left) return [...first, { pairs: block.pairs.slice(0, left) }];
    first.push(block);
    left -= block.pairs.length;
  }
  return blocks;
}
