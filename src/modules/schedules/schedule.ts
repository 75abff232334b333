import type { Json } from '#libs/run-kit/src/run-type.js';

/**
 * What became of a tick. `starting`: a worker has it in hand. `already_running`: an equal run was active, and nothing
 * was started. `refused`: nothing was started, for the reason named by a code.
 */
export const FIRING_RESULTS = ['starting', 'started', 'already_running', 'refused'] as const;
export type FiringResult = (typeof FIRING_RESULTS)[number];

/** The newest tick that a schedule fired for. */
export interface FiringView {
  /** The time it was due. */
  tick: string;
  /** The time it was acted on; later than `tick` when no worker was there. */
  firedAt: string;
  result: FiringResult;
  /** Stable and dotted; null unless refused. */
  code: string | null;
  /** The code's sentence; null unless refused with a code that this version knows. */
  reason: string | null;
  /** The run that was started, or was already active, or could not be handed to a worker. */
  runId: string | null;
}

/** A schedule as people and other programs see it. */
export interface ScheduleView {
  id: string;
  name: string;
  kind: string;
  label: string;
  payload: Readonly<Record<string, Json>>;
  cron: string;
  timeZone: string;
  enabled: boolean;
  createdByName: string;
  createdAt: string;
  updatedAt: string;
  /** The next five ticks; none while it is off. */
  nextRuns: string[];
  lastFiring: FiringView | null;
}

/** What can be put on a schedule. */
export interface ScheduleKindView {
  kind: string;
  label: string;
}
