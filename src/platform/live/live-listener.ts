import { Inject, Injectable, Logger, Optional, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { SETTINGS, type Settings } from '../config/settings.js';
import { sessionAt } from '../database/session-settings.js';

/** Called with each message of a channel; with undefined when messages may have been missed, so look again. */
export type LiveHandler = (message: string | undefined) => void;

/** Milliseconds. */
export interface ListenerTimings {
  /** Between two tries to come back. */
  reconnectMs: number;
  /** For connecting, and for the answer to a probe. */
  deadlineMs: number;
  /** Between two probes: a connection whose other end vanished without a word looks like one on which nothing happens. */
  probeMs: number;
}

export const LISTENER_TIMINGS = Symbol('listener timings');

const TIMINGS: ListenerTimings = { reconnectMs: 1_000, deadlineMs: 5_000, probeMs: 20_000 };
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
  private probe: NodeJS.Timeout | undefined;
  private missed = false;
  private stopped = false;

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Optional() @Inject(LISTENER_TIMINGS) private readonly timings: ListenerTimings = TIMINGS,
  ) {}

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
    const { client } = this;
    if (!client) await this.connect();
    else if (first) await client.query(`LISTEN ${channel}`).catch(() => this.lost(client)); // the next one listens to all
    return () => void handlers.delete(handler);
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.retry);
    await this.connecting;
    clearInterval(this.probe);
    const client = this.client;
    this.client = undefined;
    await client?.end().catch(() => undefined);
  }

  private connect(): Promise<void> {
    if (this.stopped || this.client) return Promise.resolve();
    this.connecting ??= this.open().finally(() => (this.connecting = undefined));
    return this.connecting;
  }

  private async open(): Promise<void> {
    const client = new pg.Client({
      ...sessionAt(this.settings.databaseUrl),
      application_name: 'tenantatlas-live',
      connectionTimeoutMillis: this.timings.deadlineMs,
      query_timeout: this.timings.deadlineMs,
      keepAlive: true,
    });
    client.on('notification', ({ channel, payload }) => this.tell(channel, payload));
    client.on('error', () => undefined); // the end that follows is what counts
    try {
      await client.connect();
      for (const channel of this.handlers.keys()) await client.query(`LISTEN ${channel}`);
    } catch {
      abandon(client);
      this.later();
      return;
    }
    this.client = client;
    client.once('end', () => this.lost(client));
    this.probe = setInterval(() => void client.query('SELECT 1').catch(() => this.lost(client)), this.timings.probeMs);
    if (!this.missed) return;
    this.missed = false;
    for (const channel of this.handlers.keys()) this.tell(channel, undefined);
  }

  private lost(client: pg.Client): void {
    if (this.client !== client) return;
    this.client = undefined;
    clearInterval(this.probe);
    abandon(client);
    this.log.warn('The live connection was lost; it is opened again.');
    this.later();
  }

  private later(): void {
    this.missed = true;
    if (this.stopped) return;
    clearTimeout(this.retry);
    this.retry = setTimeout(() => void this.connect(), this.timings.reconnectMs);
  }

  private tell(channel: string, message: string | undefined): void {
    for (const handler of this.handlers.get(channel) ?? []) handler(message);
  }
}

/** Closes a connection that may be dead, without waiting for its other end. */
function abandon(client: pg.Client): void {
  void client.end().catch(() => undefined);
}
