import '@mantine/charts/styles.css';
import { AreaChart, BarChart } from '@mantine/charts';
import type { TrendDay } from '../../api/overview';
import { numberText } from '../../ui/format';
import classes from './overview.module.css';
import { shortDay } from './trend-words';

const RUN_SERIES = [
  { name: 'succeeded', label: 'Succeeded', color: 'var(--chart-good)' },
  { name: 'partiallySucceeded', label: 'Partly succeeded', color: 'var(--chart-fair)' },
  { name: 'failed', label: 'Failed', color: 'var(--chart-bad)' },
  { name: 'cancelled', label: 'Cancelled', color: 'var(--chart-none)' },
] as const;

const COMMON = {
  dataKey: 'label',
  tickLine: 'none',
  accessibilityLayer: false,
  valueFormatter: numberText,
  xAxisProps: { interval: 'preserveStartEnd', minTickGap: 28 },
  yAxisProps: { allowDecimals: false, width: 40 },
} as const;

// What stands here is told in words beside it, and its values in a table: to assistive technology it is a picture less.

export function RunsChart({ trend }: { trend: readonly TrendDay[] }) {
  const series = RUN_SERIES.filter(({ name }) => trend.some(({ runs }) => runs[name] > 0));
  return (
    <div aria-hidden>
      <BarChart
        {...COMMON}
        h={208}
        type="stacked"
        data={trend.map(({ day, runs }) => ({ label: shortDay(day), ...runs }))}
        series={[...series]}
        maxBarWidth={22}
        barProps={{ isAnimationActive: false }}
      />
      <ul className={classes.legend}>
        {series.map(({ name, label, color }) => (
          <li key={name}>
            <span style={{ background: color }} />
            {label}
          </li>
        ))}
      </ul>
    </div>
  );
}

export function FindingsChart({ trend }: { trend: readonly TrendDay[] }) {
  return (
    <AreaChart
      {...COMMON}
      aria-hidden
      h={240}
      curveType="stepAfter"
      connectNulls={false}
      withDots={trend.filter(({ openFindings }) => openFindings !== null).length === 1}
      data={trend.map(({ day, openFindings }) => ({ label: shortDay(day), open: openFindings }))}
      series={[{ name: 'open', label: 'Open findings', color: 'var(--chart-fair)' }]}
      areaProps={{ isAnimationActive: false }}
    />
  );
}
