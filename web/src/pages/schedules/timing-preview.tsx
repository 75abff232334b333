import { Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTenant } from '../../access/tenant-context';
import { timingPreviewQuery, type Timing } from '../../api/schedules';
import { timeIn, weekdayTimeIn } from '../../ui/format';
import { chosenZone, machineZone } from '../../ui/time-zone';
import { faultOf } from '../../ui/fault-of';

const PAUSE_MS = 250;
const LINES = 5;

/** The next runs of a timing that is being typed. */
export function useTimingPreview({ cron, timeZone }: Timing): {
  nextRuns: string[];
  cronFault?: string;
  zoneFault?: string;
} {
  const { tenantId } = useTenant();
  // An object that is new in every rendering would never settle.
  const timing = useMemo(() => ({ cron, timeZone }), [cron, timeZone]);
  const [settled] = useDebouncedValue(timing, PAUSE_MS);
  const { data, error } = useQuery(timingPreviewQuery(tenantId, settled));
  const isUsable = error === null && cron !== '';
  return {
    nextRuns: isUsable ? (data?.nextRuns ?? []) : [],
    cronFault: faultOf(error, 'cron'),
    zoneFault: faultOf(error, 'timeZone'),
  };
}

/** Keeps its height, so that the form does not move while a time is typed. */
export function TimingPreview({ nextRuns, timeZone }: { nextRuns: readonly string[]; timeZone: string }) {
  const own = chosenZone() ?? machineZone();
  return (
    <div>
      <Text size="sm" fw={500}>
        Next runs
      </Text>
      <ol className="plain-list" aria-live="polite" style={{ minHeight: `${LINES * 1.55}em` }}>
        {nextRuns.map((at) => (
          <li key={at}>
            <time dateTime={at}>{timeIn(timeZone, at)}</time>
            {own !== timeZone && <span className="cell-note"> · {weekdayTimeIn(own, at)} for you</span>}
          </li>
        ))}
      </ol>
    </div>
  );
}
