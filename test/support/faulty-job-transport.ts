import { JobTransport, type JobHandler, type RunJob } from '../../src/platform/queue/job-transport.js';

/**
 * How a ring goes wrong. `refused`: nothing was taken. `unconfirmed`: taken, but the confirmation is lost. `late`: given
 * up by its sender, and taken when {@link FaultyJobTransport.deliverLate} says so.
 */
export const RING_FAULTS = ['refused', 'unconfirmed', 'late'] as const;
export type RingFault = (typeof RING_FAULTS)[number];

/** As planned. */
export class RingFailed extends Error {}

/** A real transport whose next rings fail as planned. */
export class FaultyJobTransport extends JobTransport {
  private planned: RingFault[] = [];
  private late: (() => Promise<void>)[] = [];

  /** @param transactional false to ring after the commit, as on Redis, whatever the real one can do */
  constructor(
    private readonly real: JobTransport,
    readonly transactional: boolean,
  ) {
    super();
  }

  /** The next ring that nothing is planned for yet goes wrong like this. */
  plan(fault: RingFault): void {
    this.planned.push(fault);
  }

  /** Nothing goes wrong from now on. */
  heal(): void {
    this.planned = [];
  }

  /** Rings that were given up arrive after all. */
  async deliverLate(): Promise<void> {
    const late = this.late;
    this.late = [];
    for (const ring of late) await ring();
  }

  async ring(queue: string, jobs: readonly RunJob[], options: { last?: boolean } = {}): Promise<void> {
    const fault = this.planned.shift();
    if (fault === undefined) await this.real.ring(queue, jobs, options);
    if (fault === 'unconfirmed') await this.real.ring(queue, jobs);
    if (fault === 'late') this.late.push(() => this.real.ring(queue, jobs));
    if (fault !== undefined) throw new RingFailed(`The ring went wrong as planned: ${fault}.`);
  }

  listen(queue: string, concurrency: number, handler: JobHandler): Promise<void> {
    return this.real.listen(queue, concurrency, handler);
  }

  waiting(queue: string): Promise<number> {
    return this.real.waiting(queue);
  }

  stopListening(): Promise<void> {
    return this.real.stopListening();
  }

  /** The real one belongs to whoever made it. */
  close(): Promise<void> {
    return Promise.resolve();
  }
}
