import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTenant } from '../../access/tenant-context';
import { runEventsQuery, type Run, type RunEvent } from '../../api/operations';
import { absoluteTime, wordsOf } from '../../ui/format';
import { QueryView } from '../../ui/query-view';
import { Section } from '../../ui/section';
import type { Tone } from '../../ui/tone';
import { contextFields } from './context-fields';

const WORDS: Readonly<Record<string, string>> = {
  queued: 'Queued',
  dispatched: 'Handed to a worker queue',
  redispatched: 'Handed to a worker queue again',
  claimed: 'Taken by a worker',
  released: 'Put back: a worker had to stop',
  lease_lost: 'A worker was lost',
  cancel_requested: 'Cancel requested',
  completed: 'Finished',
};

const TONES: Readonly<Record<string, Tone>> = {
  claimed: 'blue',
  completed: 'green',
  redispatched: 'amber',
  released: 'amber',
  lease_lost: 'red',
};

export function RunEvents({ run }: { run: Run }) {
  const { tenantId } = useTenant();
  const events = useQuery(runEventsQuery(tenantId, run.id, `${run.status} ${run.attempt}`));
  return (
    <Section title="Timeline">
      <QueryView query={events}>
        {(page) => (
          <ol className="timeline">
            {page.items.map((event) => (
              <li key={event.id} data-tone={toneOf(event, run)}>
                <Text size="sm" fw={500}>
                  {WORDS[event.kind] ?? wordsOf(event.kind)}
                </Text>
                <Text size="sm" c="dimmed">
                  <time dateTime={event.at}>{absoluteTime(event.at)}</time>
                  {detailOf(event)}
                </Text>
              </li>
            ))}
          </ol>
        )}
      </QueryView>
    </Section>
  );
}

function toneOf(event: RunEvent, run: Run): Tone {
  if (event.kind !== 'completed') return TONES[event.kind] ?? 'gray';
  switch (run.outcome) {
    case 'failed':
      return 'red';
    case 'partially_succeeded':
      return 'amber';
    case 'cancelled':
    case 'pending':
      return 'gray';
    case 'succeeded':
      return 'green';
  }
}

function detailOf(event: RunEvent): string {
  const { outcome, ...rest } = event.detail;
  const words = typeof outcome === 'string' ? [wordsOf(outcome)] : [];
  const details = [...words, ...contextFields(rest).map(({ label, value }) => `${label}: ${value}`)];
  return details.length === 0 ? '' : ` · ${details.join(' · ')}`;
}
