import { setTimeout as wait } from 'node:timers/promises';
import { DomainError } from '../../../src/platform/errors/domain-error.js';
import { isConnectionLoss } from '../../support/faulty-data-source.js';
import { RingFailed } from '../../support/faulty-job-transport.js';
import type { Fault } from './properties-commands.js';
import { InvariantBroken } from './properties-invariants.js';
import type { RowLocks } from './properties-locks.js';

interface Begun {
  /** Of every step that it was under way in: any of them may have hit it. */
  faults: Fault[];
  done: Promise<void>;
}

interface Failed {
  error: unknown;
  faults: readonly Fault[];
}

const LOOK_MS = 5;
const LOOKS = 40;
/** Each of them keeps a connection. */
const MOST_WAITING = 4;

/** Actions that are not done yet: those of this step, and those of earlier ones that wait for a row that is held. */
export class UnderWay {
  private readonly begun = new Set<Begun>();
  private failed: Failed[] = [];

  constructor(private readonly locks: RowLocks) {}

  begin(actions: readonly (() => Promise<void>)[], faults: readonly Fault[]): void {
    for (const earlier of this.begun) earlier.faults.push(...faults);
    for (const action of actions) {
      const one: Begun = { faults: [...faults], done: Promise.resolve() };
      this.begun.add(one);
      one.done = action()
        .catch((error: unknown) => void this.failed.push({ error, faults: one.faults }))
        .finally(() => this.begun.delete(one));
    }
  }

  /** Resolves once all are done, or those that are not wait for a row that is held. */
  async rest(): Promise<void> {
    for (let looks = 0; this.begun.size > 0; looks += 1) {
      if (await this.doneSoon()) return;
      // An action of this step may be about to hold a row, so this is looked at anew each time.
      if (this.locks.any && (looks >= LOOKS || (await this.locks.blockAll()))) break;
    }
    if (this.begun.size >= MOST_WAITING) await this.finish();
  }

  /** Resolves once all are done, and nobody holds a row any more; one that was about to hold a row lets it go, too. */
  async finish(): Promise<void> {
    do await this.locks.letAllGo();
    while (!(await this.doneSoon()));
    await this.locks.letAllGo();
  }

  /** Throws what failed, unless the faults of its steps explain it. */
  throwUnexpected(): void {
    const failed = this.failed;
    this.failed = [];
    for (const { error, faults } of failed) if (!isExpected(error, faults)) throw error;
  }

  private doneSoon(): Promise<boolean> {
    const all = Promise.all([...this.begun].map(({ done }) => done));
    return Promise.race([all.then(() => true), wait(LOOK_MS, false)]);
  }
}

/** A refusal in the domain's words, or what a planned fault does to whoever meets it. */
function isExpected(error: unknown, faults: readonly Fault[]): boolean {
  if (error instanceof InvariantBroken) return false;
  if (error instanceof DomainError) return true;
  if (faults.some(({ at }) => at === 'ring') && error instanceof RingFailed) return true;
  return faults.some(({ at }) => at === 'connection') && isConnectionLoss(error);
}
