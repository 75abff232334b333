import type { LoggerService } from '@nestjs/common';

/** The same thing is said again after this. */
const REST_MS = 60_000;

/**
 * Warns of errors that come with every attempt to reach a server that is away, several a second, on each connection and in
 * each loop: the first of a kind, and then one a minute.
 */
export class SparingWarnings {
  private readonly saidAt = new Map<string, number>();

  constructor(
    private readonly log: Pick<LoggerService, 'warn'>,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** @param where of a fixed number of places */
  warn(where: string, error: unknown): void {
    const words = `${where}: ${kindOf(error)}`;
    const at = this.now();
    if (at - (this.saidAt.get(words) ?? -Infinity) < REST_MS) return;
    this.saidAt.set(words, at);
    this.log.warn(words);
  }
}

/** The code tells more than a name that all of a driver's errors share, and texts may hold addresses and passwords. */
function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
