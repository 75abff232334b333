import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Fragment } from 'react';
import { useTenant } from '../../access/tenant-context';
import { runEventsQuery, type Run, type RunEvent } from '../../api/operations';
import { absoluteTime } from '../../ui/format';
import { QueryView } from '../../ui/query-view';
import { Section } from '../../ui/section';
import { useNow } from '../../ui/use-now';
import { timelineEntries } from './timeline-entries';

/** All that happened to a run, with its waits and repairs, and what goes on now. */
export function RunTimeline({ run }: { run: Run }) {
  const { tenantId } = useTenant();
  const events = useQuery(runEventsQuery(tenantId, run.id));
  return (
    <Section title="Timeline">
      <QueryView query={events}>
        {(page) => (
          <>
            <Entries run={run} events={page.items} />
            {page.nextCursor !== null && (
              <Text size="sm" c="dimmed">
                Later steps are left out here.
              </Text>
            )}
          </>
        )}
      </QueryView>
    </Section>
  );
}

function Entries({ run, events }: { run: Run; events: readonly RunEvent[] }) {
  const now = useNow();
  if (events.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        No steps of this run are kept.
      </Text>
    );
  }
  return (
    <ol className="timeline">
      {timelineEntries(run, events, now).map((entry) => (
        <li key={entry.key} data-tone={entry.tone}>
          <Text size="sm" fw={500}>
            {entry.title}
          </Text>
          <Text size="sm" c="dimmed" className="numbers">
            {entry.at === null ? 'Now' : <time dateTime={entry.at}>{absoluteTime(entry.at)}</time>}
            {entry.details.map((detail) => (
              <Fragment key={detail}>
                {' · '}
                <span className="nowrap">{detail}</span>
              </Fragment>
            ))}
          </Text>
        </li>
      ))}
    </ol>
  );
}
