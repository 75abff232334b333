import { frameText, type StreamFrame } from '../http/event-stream.js';
import type { LiveEvent } from './live-topics.js';

/** Why a client has to read anew: its position is unusable, more happened than is told, or it took too little. */
export type ResetReason = 'unknown_position' | 'too_much' | 'too_slow';

export function eventFrame(name: string, event: LiveEvent): StreamFrame {
  return { key: `${name} ${event.key}`, text: frameText({ event: name, data: event.data }) };
}

export function resetFrame(reason: ResetReason): StreamFrame {
  return { key: 'reset', text: frameText({ event: 'reset', data: JSON.stringify({ reason }) }) };
}

/** Says that all that was sent is the whole truth of that time. The comment is for proxies and for people who look. */
export function beatFrame(at: Date): StreamFrame {
  return { key: 'beat', text: frameText({ event: 'beat', data: JSON.stringify({ at: at.toISOString() }) }, 'beat') };
}

/** Keeps the connection while the database cannot be read, and says nothing. */
export const SILENT_BEAT: StreamFrame = { key: 'beat', text: frameText({}, 'beat') };

/**
 * Frames that lead to a position. The last alone names it: a client whose connection is cut between two of them comes
 * back to where it stood before, and is told all of them again.
 */
export function leadingTo(position: string, frames: readonly StreamFrame[]): StreamFrame[] {
  const last = frames.at(-1);
  return last ? [...frames.slice(0, -1), { ...last, text: `id: ${position}\n${last.text}` }] : [];
}
