import { Button, SimpleGrid, Skeleton, Text } from '@mantine/core';
import { IconChartBar, IconTable } from '@tabler/icons-react';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import type { TrendDay } from '../../api/overview';
import { DataTable, type Column } from '../../ui/data-table';
import { numberText } from '../../ui/format';
import { Section } from '../../ui/section';
import classes from './overview.module.css';
import { findingsInWords, runsInWords, runsOf, shortDay } from './trend-words';

// The drawing library is large and comes after what can be read without it.
const charts = () => import('./trend-charts');
const RunsChart = lazy(async () => ({ default: (await charts()).RunsChart }));
const FindingsChart = lazy(async () => ({ default: (await charts()).FindingsChart }));

const DAY: Column<TrendDay> = { key: 'day', header: 'Day (UTC)', isHeading: true, cell: ({ day }) => shortDay(day) };
const RUN_COLUMNS: Column<TrendDay>[] = [
  DAY,
  { key: 'succeeded', header: 'Succeeded', align: 'right', cell: ({ runs }) => numberText(runs.succeeded) },
  { key: 'partly', header: 'Partly', align: 'right', cell: ({ runs }) => numberText(runs.partiallySucceeded) },
  { key: 'failed', header: 'Failed', align: 'right', cell: ({ runs }) => numberText(runs.failed) },
  { key: 'cancelled', header: 'Cancelled', align: 'right', cell: ({ runs }) => numberText(runs.cancelled) },
];
const FINDING_COLUMNS: Column<TrendDay>[] = [
  DAY,
  {
    key: 'open',
    header: 'Open at the end of the day',
    align: 'right',
    cell: ({ openFindings }) => (openFindings === null ? 'Not known' : numberText(openFindings)),
  },
];

/** 30 days as charts, each with its sentence and its table. */
export function Trends({ trend }: { trend: readonly TrendDay[] }) {
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
      <Trend
        title="Operations per day"
        words={runsInWords(trend)}
        isEmpty={trend.every((day) => runsOf(day) === 0)}
        chart={<RunsChart trend={trend} />}
        table={<TrendTable caption="Completed operations per day" columns={RUN_COLUMNS} trend={trend} />}
      />
      <Trend
        title="Open findings per day"
        words={findingsInWords(trend)}
        isEmpty={trend.every(({ openFindings }) => openFindings === null)}
        chart={<FindingsChart trend={trend} />}
        table={<TrendTable caption="Open findings per day" columns={FINDING_COLUMNS} trend={trend} />}
      />
    </SimpleGrid>
  );
}

interface TrendProps {
  title: string;
  /** What the chart shows, for everybody. */
  words: string;
  isEmpty: boolean;
  chart: ReactNode;
  table: ReactNode;
}

function Trend({ title, words, isEmpty, chart, table }: TrendProps) {
  const [asTable, setAsTable] = useState(false);
  return (
    <Section
      title={title}
      actions={
        !isEmpty && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={asTable ? <IconChartBar size={15} aria-hidden /> : <IconTable size={15} aria-hidden />}
            aria-label={asTable ? `Show ${title.toLowerCase()} as a chart` : `Show ${title.toLowerCase()} as a table`}
            onClick={() => setAsTable(!asTable)}
          >
            {asTable ? 'Chart' : 'Table'}
          </Button>
        )
      }
      flush
    >
      <Text size="sm" c="dimmed" px="md" pb="xs">
        {words}
      </Text>
      {/* A table is longer than the card: what scrolls must be in reach of the keyboard. */}
      <div
        className={classes.chart}
        data-table={asTable}
        {...(asTable && { tabIndex: 0, role: 'group', 'aria-label': title })}
      >
        {isEmpty ? (
          <Text size="sm" c="dimmed" className={classes.nothingDrawn}>
            There is nothing to draw yet.
          </Text>
        ) : asTable ? (
          table
        ) : (
          <Suspense fallback={<Skeleton h={220} mx="md" />}>{chart}</Suspense>
        )}
      </div>
    </Section>
  );
}

function TrendTable(props: { caption: string; columns: Column<TrendDay>[]; trend: readonly TrendDay[] }) {
  return (
    <DataTable
      caption={props.caption}
      columns={props.columns}
      rows={[...props.trend].reverse()}
      keyOf={({ day }) => day}
    />
  );
}
