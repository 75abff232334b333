import type { StreamEvent } from './stream-events';

/** What the tabs of one browser tell each other. */
export type TabMessage =
  | { kind: 'hello' }
  | { kind: 'event'; event: StreamEvent }
  /** Whether the leading tab is connected, and how far it is. */
  | { kind: 'state'; live: boolean; lastEventId: string | undefined };

export interface TabChannel {
  post(message: TabMessage): void;
  close(): void;
}

export interface StreamHandlers {
  event(event: StreamEvent): void;
  opened(): void;
  /** @param comesBack whether the stream connects again by itself */
  broken(comesBack: boolean): void;
}

/** What a browser gives; replaced in tests. */
export interface FeedParts {
  /** Runs `lead` in one tab of the browser at a time, and in the next one as soon as the promise has ended. */
  elect(lead: () => Promise<void>, leaving: AbortSignal): Promise<void>;
  openChannel(receive: (message: TabMessage) => void): TabChannel;
  openStream(lastEventId: string | undefined, handlers: StreamHandlers): { close(): void };
}

export interface FeedListener {
  event(event: StreamEvent): void;
  /** Whether events come; while they do not, what is shown has to be asked for. */
  state(live: boolean): void;
  /** The stream broke, which may mean that the server is away. */
  trouble(): void;
}

/** The server beats every 15 s; after more than two of them without a sign nothing is coming any more. */
const SILENCE_MS = 40_000;
const WATCH_MS = 5_000;
/** A server that is restarted is back within this; until then nobody has to ask. */
const GRACE_MS = 5_000;
const FIRST_DELAY_MS = 2_000;
const LONGEST_DELAY_MS = 30_000;

/**
 * A tenant's events in every tab of a browser over one stream: one tab leads, holds the stream and hands on what comes.
 * When it goes, another goes on from the same event.
 */
export class LiveFeed {
  private readonly leaving = new AbortController();
  private channel: TabChannel | undefined;
  private stream: { close(): void } | undefined;
  private lastEventId: string | undefined;
  private lastSignAt = 0;
  private live = false;
  private leads = false;
  private failures = 0;
  private watch: ReturnType<typeof setInterval> | undefined;
  private grace: ReturnType<typeof setTimeout> | undefined;
  private again: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly parts: FeedParts,
    private readonly listener: FeedListener,
  ) {}

  start(): void {
    this.channel = this.parts.openChannel((message) => this.hear(message));
    this.channel.post({ kind: 'hello' });
    this.watch = setInterval(() => {
      if (this.live && Date.now() - this.lastSignAt > SILENCE_MS) this.lose();
    }, WATCH_MS);
    // A refusal to elect, or leaving while waiting: this tab follows or asks for itself.
    this.parts.elect(() => this.lead(), this.leaving.signal).catch(() => undefined);
  }

  stop(): void {
    this.leaving.abort();
    clearInterval(this.watch);
    clearTimeout(this.grace);
    clearTimeout(this.again);
    this.stream?.close();
    this.channel?.close();
  }

  private lead(): Promise<void> {
    const { signal } = this.leaving;
    if (signal.aborted) return Promise.resolve();
    this.leads = true;
    this.connect();
    return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  }

  private connect(): void {
    this.stream?.close();
    this.stream = this.parts.openStream(this.lastEventId, {
      opened: () => {
        this.failures = 0;
        clearTimeout(this.grace);
        this.grace = undefined;
      },
      event: (event) => {
        this.channel?.post({ kind: 'event', event });
        this.take(event);
      },
      broken: (comesBack) => this.mend(comesBack),
    });
  }

  private mend(comesBack: boolean): void {
    this.listener.trouble();
    if (comesBack) {
      this.grace ??= setTimeout(() => this.lose(), GRACE_MS);
      return;
    }
    this.lose();
    clearTimeout(this.again);
    this.again = setTimeout(() => this.connect(), Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** this.failures));
    this.failures += 1;
  }

  private hear(message: TabMessage): void {
    switch (message.kind) {
      case 'hello':
        if (this.leads) this.channel?.post({ kind: 'state', live: this.live, lastEventId: this.lastEventId });
        return;
      case 'event':
        this.take(message.event);
        return;
      case 'state':
        this.lastEventId = message.lastEventId ?? this.lastEventId;
        if (message.live) this.sign();
        else this.setLive(false);
    }
  }

  private take(event: StreamEvent): void {
    if (event.id !== '') this.lastEventId = event.id;
    this.sign();
    this.listener.event(event);
  }

  private sign(): void {
    this.lastSignAt = Date.now();
    this.setLive(true);
  }

  private lose(): void {
    this.setLive(false);
    if (this.leads) this.channel?.post({ kind: 'state', live: false, lastEventId: this.lastEventId });
  }

  private setLive(live: boolean): void {
    if (this.live === live) return;
    this.live = live;
    this.listener.state(live);
  }
}
