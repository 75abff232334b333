import type { RunJob } from './job-transport.js';

/** A job's id on the transport, `<run id>-<seq>`: every ring of a run has one of its own. */
export function idOfRing({ runId, seq }: RunJob): string {
  return `${runId}-${seq}`;
}

/** The ring that a job's id names; undefined for a job that is no ring. */
export function ringOfId(id: string): RunJob | undefined {
  const [, runId, seq] = /^(\d{1,19})-(\d{1,10})$/.exec(id) ?? [];
  return runId === undefined ? undefined : { runId, seq: Number(seq) };
}
