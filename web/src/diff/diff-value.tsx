import classes from './diff.module.css';
import { emptyWords, plainText } from './value-words';
import { wordDiff, type Segment } from './word-diff';

interface DiffValueProps {
  side: 'before' | 'after';
  value: unknown;
  /** The other side's value; undefined for none, and then nothing is marked. */
  other?: unknown;
}

/** A value in a row, with what the other side does not have marked. */
export function DiffValue({ side, value, other }: DiffValueProps) {
  const empty = emptyWords(value);
  if (empty !== undefined) return <span className={classes.absent}>{empty}</span>;
  const text = plainText(value);
  const isCode = typeof value === 'object';
  return (
    <span className={classes.value} data-code={isCode}>
      {other === undefined || emptyWords(other) !== undefined ? (
        text
      ) : (
        <Segments side={side} segments={segmentsOf(side, text, plainText(other))} />
      )}
    </span>
  );
}

/** Marked and plain pieces of a text; what is marked is `del` before and `ins` after, and so more than a colour. */
export function Segments({ side, segments }: { side: 'before' | 'after'; segments: readonly Segment[] }) {
  const Mark = side === 'before' ? 'del' : 'ins';
  return segments.map(({ text, changed }, at) =>
    changed ? (
      <Mark key={at} className={classes.mark}>
        {text}
      </Mark>
    ) : (
      <span key={at}>{text}</span>
    ),
  );
}

function segmentsOf(side: 'before' | 'after', text: string, other: string): readonly Segment[] {
  const found = side === 'before' ? wordDiff(text, other)?.before : wordDiff(other, text)?.after;
  return found ?? [{ text, changed: false }];
}
