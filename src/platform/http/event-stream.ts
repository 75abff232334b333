import type { ServerResponse } from 'node:http';

/** One event as it goes over the wire. A newer one with the same key takes the place of one that still waits. */
export interface StreamFrame {
  key: string;
  text: string;
}

export interface EventStreamLimits {
  /** Frames that wait for a slow client at most. */
  mostWaiting: number;
  /** A client that takes nothing for this long is cut off; it comes back and resumes. Milliseconds. */
  stalledMs: number;
}

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  // A stream is neither kept nor packed on its way, and nginx hands it on at once.
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
  // The end of a stream is the end of its connection, so that a server that stops waits for none that is kept alive.
  connection: 'close',
} as const;

/**
 * A frame in the format of server-sent events.
 * @param fields in order; a value that is undefined is left out, and none may hold a line break
 */
export function frameText(fields: Readonly<Record<string, string | undefined>>, comment?: string): string {
  const lines = Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}\n`]));
  return `${comment === undefined ? '' : `: ${comment}\n`}${lines.join('')}\n`;
}

/**
 * One client's server-sent events. What the client does not take waits here: the newest frame of each key, and never
 * more than a fixed number, however slow the client is and however much happens.
 */
export class EventStream {
  private readonly waiting = new Map<string, string>();
  private state: 'opening' | 'open' | 'ended' = 'opening';
  private blockedSince: number | undefined;

  constructor(
    private readonly response: ServerResponse,
    private readonly limits: EventStreamLimits,
  ) {
    response.once('close', () => this.forget());
  }

  /** Whether the client has the headers and no end yet. */
  get isOpen(): boolean {
    return this.state === 'open';
  }

  /** Sends the headers and what waits. `retryMs`: when the client comes back after the stream has ended. */
  start(retryMs: number): void {
    if (this.state !== 'opening' || this.response.closed) return;
    this.state = 'open';
    this.response.on('drain', () => {
      this.blockedSince = undefined;
      this.flush();
    });
    this.response.writeHead(200, HEADERS);
    this.response.flushHeaders();
    this.write(frameText({ retry: String(retryMs) }));
    this.flush();
  }

  /**
   * Sends the frames in order, as soon as the client takes them.
   * @param instead goes out alone, in place of all that waits, when too much waits
   */
  send(frames: readonly StreamFrame[], instead: StreamFrame): void {
    if (this.state === 'ended') return;
    if (this.isStalled()) {
      this.end();
      return;
    }
    for (const frame of frames) this.enqueue(frame);
    this.flush();
    if (this.waiting.size <= this.limits.mostWaiting) return;
    this.waiting.clear();
    this.enqueue(instead);
  }

  /** Ends the stream between two frames, and cuts a client off that does not take what was sent. */
  end(): void {
    if (this.state === 'ended') return;
    const clean = this.state === 'open' && this.blockedSince === undefined;
    this.forget();
    if (clean) this.response.end();
    else this.response.destroy();
  }

  private enqueue({ key, text }: StreamFrame): void {
    // To the end: a frame carries the position up to which the client has everything, so positions must not fall.
    this.waiting.delete(key);
    this.waiting.set(key, text);
  }

  private flush(): void {
    if (this.state !== 'open') return;
    for (const [key, text] of this.waiting) {
      if (this.blockedSince !== undefined) return;
      this.waiting.delete(key);
      this.write(text);
    }
  }

  private write(text: string): void {
    if (!this.response.write(text)) this.blockedSince = performance.now();
  }

  private isStalled(): boolean {
    return this.blockedSince !== undefined && performance.now() - this.blockedSince > this.limits.stalledMs;
  }

  private forget(): void {
    this.state = 'ended';
    this.waiting.clear();
  }
}
