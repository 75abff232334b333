import type { Note } from '../api/notifications';
import type { Run } from '../api/operations';

export const STREAM_EVENTS = ['run', 'notification', 'reset', 'beat'] as const;

/** What a tenant's stream tells. `id` is the position of a client that has everything up to this event. */
export type StreamEvent = { id: string } & (
  | { name: 'run'; run: Run }
  | { name: 'notification'; note: Note }
  /** What was read before cannot be brought up to date from here. */
  | { name: 'reset' }
  /** All that happened until now was told. */
  | { name: 'beat' }
);

/** @param data as it came over the wire, JSON */
export function streamEvent(name: (typeof STREAM_EVENTS)[number], data: string, id: string): StreamEvent {
  switch (name) {
    case 'run':
      return { name, id, run: JSON.parse(data) as Run };
    case 'notification':
      return { name, id, note: JSON.parse(data) as Note };
    case 'reset':
    case 'beat':
      return { name, id };
  }
}
