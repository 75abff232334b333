import classes from './overview.module.css';

const WIDTH = 100;
const HEIGHT = 32;
/** Keeps the line's whole width in the picture where it touches an edge. */
const MARGIN = 2;

/** How a count moved, from 0 up; the sentence below it says the same. */
export function Sparkline({ counts }: { counts: readonly number[] }) {
  const highest = Math.max(1, ...counts);
  const step = WIDTH / Math.max(1, counts.length - 1);
  const line = counts
    .map((count, at) => `${at * step},${HEIGHT - MARGIN - (count / highest) * (HEIGHT - 2 * MARGIN)}`)
    .join(' ');
  return (
    <svg className={classes.spark} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden>
      <polygon points={`0,${HEIGHT} ${line} ${WIDTH},${HEIGHT}`} />
      <polyline points={line} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
