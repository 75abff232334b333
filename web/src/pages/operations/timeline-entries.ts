import type { Run, RunEvent } from '../../api/operations';
import { BUCKET_TONES, BUCKET_WORDS, bucketOf } from '../../runs/run-bucket';
import { countsText } from '../../runs/run-numbers';
import { durationText, wordsOf } from '../../ui/format';
import type { Tone } from '../../ui/tone';
import { contextFields } from './context-fields';

export interface TimelineEntry {
  key: string;
  title: string;
  tone: Tone;
  /** Null for what goes on now. */
  at: string | null;
  /** What was waited or worked before it, and what else is known. */
  details: string[];
}

interface Look {
  title: string;
  tone: Tone;
  /** What the time since the step before was spent with. */
  spent?: 'waiting' | 'working';
}

const LOOKS: Readonly<Record<string, Look>> = {
  queued: { title: 'Queued', tone: 'gray' },
  held: { title: 'Held: waits for a person', tone: 'amber' },
  dispatched: { title: 'Handed to the worker queue', tone: 'gray' },
  claimed: { title: 'Taken by a worker', tone: 'blue', spent: 'waiting' },
  released: { title: 'Put back: its worker had to stop', tone: 'amber', spent: 'working' },
  lease_lost: { title: 'Its worker was lost: no heartbeat', tone: 'red', spent: 'working' },
  redispatched: { title: 'Repaired: handed to the worker queue again', tone: 'amber' },
  cancel_requested: { title: 'Cancel requested', tone: 'amber' },
  queue_expired: { title: 'Given up: no worker took it', tone: 'red', spent: 'waiting' },
  hold_expired: { title: 'Given up: nobody confirmed it', tone: 'red', spent: 'waiting' },
  completed: { title: 'Finished', tone: 'green' },
};

const REASONS: Readonly<Record<string, string>> = {
  ring_missing: 'the queue had lost it',
  lease_lost: 'its worker was lost',
};

/** A run's history, oldest first, and at its end what goes on now. */
export function timelineEntries(run: Run, events: readonly RunEvent[], now: number): TimelineEntry[] {
  const entries = events.map((event, index) => entryOf(event, events[index - 1], run));
  const present = presentOf(run, events.at(-1), now);
  return present === null ? entries : [...entries, present];
}

function entryOf(event: RunEvent, before: RunEvent | undefined, run: Run): TimelineEntry {
  const isEnd = event.kind === 'completed';
  const bucket = bucketOf(run);
  const look = LOOKS[event.kind] ?? { title: wordsOf(event.kind), tone: 'gray' };
  const spent = isEnd && before?.kind === 'claimed' ? 'working' : look.spent;
  return {
    key: event.id,
    title: isEnd && run.status === 'completed' ? `Finished: ${BUCKET_WORDS[bucket].toLowerCase()}` : look.title,
    tone: isEnd ? BUCKET_TONES[bucket] : look.tone,
    at: event.at,
    details: [
      ...(before === undefined || spent === undefined
        ? []
        : [`after ${spent} ${durationText(Date.parse(event.at) - Date.parse(before.at))}`]),
      ...detailsOf(event),
    ],
  };
}

function detailsOf({ detail: { outcome: _outcome, reason, by, attempt, ...rest } }: RunEvent): string[] {
  return [
    ...(typeof attempt === 'number' && attempt > 1 ? [`attempt ${attempt}`] : []),
    ...(typeof by === 'string' ? [`by ${by}`] : []),
    ...(typeof reason === 'string' ? [REASONS[reason] ?? wordsOf(reason).toLowerCase()] : []),
    ...contextFields(rest).map(({ label, value }) => `${label}: ${value}`),
  ];
}

function presentOf(run: Run, last: RunEvent | undefined, now: number): TimelineEntry | null {
  const since = (at: string | undefined): string =>
    at === undefined ? '' : durationText(Math.max(0, now - Date.parse(at)));
  if (run.status === 'running') {
    const counts = countsText(run.summaryCounts);
    return {
      key: 'now',
      title: counts === '' ? 'Working' : `Working: ${counts}`,
      tone: 'blue',
      at: null,
      details: [
        `for ${since(run.startedAt ?? last?.at)}`,
        ...(run.heartbeat === null ? [] : [`last heartbeat ${since(run.heartbeat.at)} ago`]),
      ],
    };
  }
  if (run.status === 'queued' && run.heldUntil === null) {
    return { key: 'now', title: 'Waits for a worker', tone: 'gray', at: null, details: [`for ${since(last?.at)}`] };
  }
  return null;
}
