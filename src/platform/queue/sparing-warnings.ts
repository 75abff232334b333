import type { LoggerService } from '@nestjs/common';

/** The same thing is said again after this. */
const REST_MS = 60_000;

/**
 * Warns of errors that come with every attempt to reach a server that is away, several a second and on each connection:
 * the first of a kind, and then one a minute.
 */
export class SparingWarnings {
  private readonly saidAt = new Map<string, number>();

  constructor(
    private readonly log: Pick<LoggerService, 'warn'>,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** @param where of a fixed number of places */
  warn(where: string, error: Error): void {
    // The code tells more than a name that all of a driver's errors share, and texts may hold addresses and passwords.
    const words = `${where}: ${'code' in error && typeof error.code === 'string' ? error.code : error.name}`;
    const at = this.now();
    if (at - (this.saidAt.get(words) ?? -Infinity) < REST_MS) return;
    this.saidAt.set(words, at);
    this.log.warn(words);
  }
}
