import { setImmediate as turn } from 'node:timers/promises';

/**
 * A client's clock that follows a simulator in another process by its control API: `now` is the simulator's time as last
 * heard, and a wait ends when the simulator's time has passed it. Give it to the code under test in place of the system
 * clock, and `observer` to what tells of requests: then no time passes while an answer is still on its way. In the same
 * process use the simulator's own clock instead; it needs no network.
 */
export class FollowedClock {
  /** To be told when a request goes out; what it answers is to be called when that has ended. */
  readonly observer = {
    sending: (): (() => void) => {
      this.underWay += 1;
      return () => {
        this.underWay -= 1;
        if (this.underWay === 0) this.idlers.splice(0).forEach((resume) => resume());
      };
    },
    fault: () => undefined,
  };
  private underWay = 0;
  private readonly idlers: (() => void)[] = [];

  private constructor(
    private readonly controlOrigin: string,
    private heard: number,
  ) {}

  static async of(controlOrigin: string): Promise<FollowedClock> {
    const answer = await fetch(`${controlOrigin}/clock`);
    return new FollowedClock(controlOrigin, timeOf(await answer.json()));
  }

  /** Milliseconds since 1970, UTC. */
  now(): number {
    return this.heard;
  }

  /** Resolves when the simulator's time has moved on by `ms`; rejects with the signal's reason as soon as that aborts. */
  async delay(ms: number, signal?: AbortSignal): Promise<void> {
    const until = this.heard + ms;
    await this.idle();
    signal?.throwIfAborted();
    const answer = await fetch(`${this.controlOrigin}/clock/wait`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ until: new Date(until).toISOString() }),
      signal,
    });
    this.heard = Math.max(this.heard, timeOf(await answer.json()));
  }

  /** Until no request is under way; what a caller does right after an answer may be its next request. */
  private async idle(): Promise<void> {
    for (await turn(); this.underWay > 0; await turn()) {
      await new Promise<void>((resolve) => this.idlers.push(resolve));
    }
  }
}

function timeOf(body: unknown): number {
  const { now } = body as { now: string };
  return Date.parse(now);
}
