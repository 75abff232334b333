import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { CSSProperties } from 'react';
import { useTenant } from '../../access/tenant-context';
import { runDurationsQuery, type TypeDurations, type WorkedRun } from '../../api/run-durations';
import { BUCKET_TONES, BUCKET_WORDS } from '../../runs/run-bucket';
import { absoluteTime, countOf, durationText } from '../../ui/format';
import styles from './operations.module.css';

interface DurationStripProps {
  type: string;
  /** The run whose page it is. */
  runId?: string;
  /** As {@link runDurationsQuery} has it. */
  revision?: string;
}

/** How long the newest runs of a type took, oldest first, and what is usual; the same in words. */
export function DurationStrip({ type, runId, revision }: DurationStripProps) {
  const { tenantId } = useTenant();
  const durations = useQuery(runDurationsQuery(tenantId, type, revision)).data;
  if (durations == null || durations.runs.length === 0) return null;
  const runs = durations.runs.toReversed();
  const longest = Math.max(...runs.map(({ workedMs }) => workedMs), 1);
  return (
    <figure className={styles.figure}>
      <div className={styles.strip} aria-hidden>
        <Level name="p50" ms={durations.p50Ms} longest={longest} />
        <Level name="p90" ms={durations.p90Ms} longest={longest} />
        {runs.map((run) => (
          <div
            key={run.id}
            className={styles.column}
            data-tone={BUCKET_TONES[run.outcome]}
            data-hollow={!didItsWork(run)}
            data-own={run.id === runId}
            style={height(run.workedMs, longest)}
            title={`${BUCKET_WORDS[run.outcome]}, ${durationText(run.workedMs)}, ${absoluteTime(run.startedAt)}`}
          />
        ))}
      </div>
      <figcaption>
        <Text size="sm" c="dimmed">
          {inWords(durations)}
        </Text>
      </figcaption>
    </figure>
  );
}

function Level({ name, ms, longest }: { name: string; ms: number | null; longest: number }) {
  if (ms === null) return null;
  return (
    <div className={styles.level} style={height(ms, longest)}>
      <span>{name}</span>
    </div>
  );
}

function didItsWork({ outcome }: WorkedRun): boolean {
  return outcome === 'succeeded' || outcome === 'partially_succeeded';
}

function height(ms: number, longest: number): CSSProperties {
  return { '--height': `${((ms / longest) * 100).toFixed(1)}%` } as CSSProperties;
}

/** The strip's text alternative, which everybody reads. */
function inWords({ label, runs, p50Ms, p90Ms }: TypeDurations): string {
  const others = runs.length - runs.filter(didItsWork).length;
  const without = others === 0 ? '' : ` ${countOf(others, 'run')} that failed or were cancelled are not counted.`;
  const last = `${label}: the last ${countOf(runs.length, 'run')}.`;
  if (p50Ms === null || p90Ms === null) return `${last} None of them succeeded.`;
  return `${last} Half took at most ${durationText(p50Ms)} (p50), nine of ten at most ${durationText(p90Ms)} (p90).${without}`;
}
