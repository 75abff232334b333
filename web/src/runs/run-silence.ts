import type { Run } from '../api/operations';

/**
 * How long a run's worker has given no sign of life, in milliseconds; null while that is nothing to speak of. It is when
 * half of the time has gone by that the engine leaves a worker: two heartbeats are missing then.
 */
export function silenceOf({ heartbeat }: Pick<Run, 'heartbeat'>, now: number): number | null {
  if (heartbeat === null) return null;
  const at = Date.parse(heartbeat.at);
  const silence = now - at;
  return silence > (Date.parse(heartbeat.lostAt) - at) / 2 ? silence : null;
}
