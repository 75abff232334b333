import { StartError } from './start-error.js';

/** A thing that was started and has to be stopped. */
export interface Stoppable {
  stop(): Promise<void>;
  /** At once, without order. */
  kill(): void;
}

/** What was started, in order; it is stopped the other way round, so that nothing loses what it stands on. */
export class Stack {
  private readonly parts: Stoppable[] = [];
  private stopping?: Promise<void>;

  /** Call it before the part is launched. Throws when everything is being stopped: nothing may be launched then. */
  add(part: Stoppable): void {
    if (this.stopping !== undefined) throw new StartError('The start was interrupted.');
    this.parts.push(part);
  }

  /** Stops everything, once; a part that fails to stop does not keep the others running. */
  stop(): Promise<void> {
    this.stopping ??= this.stopAll();
    return this.stopping;
  }

  kill(): void {
    for (const part of [...this.parts].reverse()) part.kill();
  }

  private async stopAll(): Promise<void> {
    for (const part of [...this.parts].reverse()) await part.stop().catch(() => undefined);
  }
}
