import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { SETTINGS, type Settings } from '../config/settings.js';

/** Called with each message of a channel; with undefined when messages may have been missed, so look again. */
export type LiveHandler = (message: string | undefined) => void;

const RECONNECT_MS = 1_000;
const CONNECT_DEADLINE_MS = 5_000;
const CHANNEL = /^[a-z_]{1,63}$/;

/**
 * This process's one connection that listens to PostgreSQL's NOTIFY. It connects with the first subscription and comes
 * back by itself; what was sent meanwhile is lost, and the handlers are told so.
 */
@Injectable()
export class LiveListener implements OnApplicationShutdown {
  private readonly log = new Logger(LiveListener.name);
  private readonly handlers = new Map<string, Set<LiveHandler>>();
  private client: pg.Client | undefined;
  private connecting: Promise<void> | undefined;
  private retry: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  /**
   * Calls `handler` for what is sent on `channel` from the moment this resolves. Answers the end of the subscription.
   * A database that cannot be reached does not reject: the handler is told to look again once it is back.
   */
  async subscribe(channel: string, handler: LiveHandler): Promise<() => void> {
    if (!CHANNEL.test(channel)) throw new Error(`"${channel}" is not a channel's name.`);
    const handlers = this.handlers.get(channel) ?? new Set();
    const first = handlers.size === 0;
    handlers.add(handler);
    this.handlers.set(channel, handlers);
    if (!this.client) await this.connect();
    else if (first) await this.client.query(`LISTEN ${channel}`).catch(() => undefined); // a lost connection listens anew
    return () => void handlers.delete(handler);
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.retry);
    await this.connecting;
    const client = this.client;
    this.client = undefined;
    await client?.end().catch(() => undefined);
  }

  private connect(): Promise<void> {
    this.connecting ??= this.open().finally(() => (this.connecting = undefined));
    return this.connecting;
  }

  private async open(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.settings.databaseUrl,
      application_name: 'tenantatlas-live',
      connectionTimeoutMillis: CONNECT_DEADLINE_MS,
      keepAlive: true,
    });
    client.on('notification', ({ channel, payload }) => this.tell(channel, payload));
    client.on('error', () => undefined); // the end that follows is what counts
    try {
      await client.connect();
      for (const channel of this.handlers.keys()) await client.query(`LISTEN ${channel}`);
    } catch {
      await client.end().catch(() => undefined);
      this.later();
      return;
    }
    this.client = client;
    client.once('end', () => {
      if (this.client !== client) return;
      this.client = undefined;
      this.log.warn('The live connection was lost; it is opened again.');
      this.later();
    });
  }

  private later(): void {
    if (this.stopped) return;
    clearTimeout(this.retry);
    this.retry = setTimeout(() => {
      void this.connect().then(() => {
        if (this.client) for (const channel of this.handlers.keys()) this.tell(channel, undefined);
      });
    }, RECONNECT_MS);
  }

  private tell(channel: string, message: string | undefined): void {
    for (const handler of this.handlers.get(channel) ?? []) handler(message);
  }
}
