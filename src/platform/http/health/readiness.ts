import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { sharedReading } from '../../metrics/shared-reading.js';

export type CheckResult = 'ok' | 'failed';

/** Whether the process can serve, check by check. It names no address and no error: strangers may read it. */
export interface ReadinessReport {
  ready: boolean;
  checks: Record<string, CheckResult>;
}

/** A probe that is not answered in this time has failed; one outcome answers all who ask within the same time. */
const LIMITS = { keepMs: 1_000, deadlineMs: 1_000 };

/** True from the start to the wish to stop; the other checks are named by those who add them. */
const SERVING = 'serving';

/**
 * Whether this process can do its work, as opposed to being alive: whoever routes to it asks here. Each part of the
 * process adds what it needs, under a word that says nothing of where it is.
 */
@Injectable()
export class Readiness implements OnModuleDestroy {
  private readonly log = new Logger(Readiness.name);
  private readonly checks = new Map<string, () => Promise<CheckResult>>();
  private stopping = false;
  private failing = '';

  /** @param check resolves when all is well; rejects, or takes more than a second, when it is not */
  add(name: string, check: () => Promise<void>): void {
    const read = sharedReading(check, LIMITS);
    this.checks.set(name, () =>
      read().then(
        () => 'ok',
        () => 'failed',
      ),
    );
  }

  /** Asks every check at once. Never rejects. */
  async report(): Promise<ReadinessReport> {
    const results = await Promise.all([...this.checks].map(async ([name, check]) => [name, await check()] as const));
    const checks = { [SERVING]: this.stopping ? 'failed' : 'ok', ...Object.fromEntries(results) } as const;
    const failing = Object.keys(checks).filter((name) => (checks as Record<string, CheckResult>)[name] === 'failed');
    this.tellChange(failing);
    return { ready: failing.length === 0, checks };
  }

  /** The first hook of a shutdown, while the listener still stands and what is under way still runs. */
  onModuleDestroy(): void {
    this.stopping = true;
  }

  /** Once for each change: a probe comes every few seconds, an outage may last for hours. */
  private tellChange(failing: readonly string[]): void {
    const words = failing.join(', ');
    if (words === this.failing) return;
    this.failing = words;
    if (words === '') this.log.log('ready again');
    else this.log.warn(`not ready: ${words}`);
  }
}
