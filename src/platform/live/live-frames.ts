import { frameText, type StreamFrame } from '../http/event-stream.js';
import type { LiveEvent } from './live-topics.js';

/** Why a client has to read anew: its position is unusable, more happened than is told, or it took too little. */
export type ResetReason = 'unknown_position' | 'too_much' | 'too_slow';

/** @param id the position of a client that has everything up to this frame */
export function eventFrame(name: string, event: LiveEvent, id: string): StreamFrame {
  return { key: `${name} ${event.key}`, text: frameText({ event: name, id, data: event.data }) };
}

export function resetFrame(reason: ResetReason, id: string | undefined): StreamFrame {
  return { key: 'reset', text: frameText({ event: 'reset', id, data: JSON.stringify({ reason }) }) };
}

/** Says that all that was sent is the whole truth of that time. The comment is for proxies and for people who look. */
export function beatFrame(at: Date, id: string): StreamFrame {
  return {
    key: 'beat',
    text: frameText({ event: 'beat', id, data: JSON.stringify({ at: at.toISOString() }) }, 'beat'),
  };
}

/** Keeps the connection while the database cannot be read, and says nothing. */
export const SILENT_BEAT: StreamFrame = { key: 'beat', text: frameText({}, 'beat') };
