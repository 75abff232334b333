import { AsyncLocalStorage } from 'node:async_hooks';
import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Permission } from '#libs/access-model/src/permissions.js';
import type { Principal } from '../access/access.decorator.js';
import { CallerRecheck } from '../access/caller-recheck.js';
import type { TenantScope } from '../database/tenant-scope.js';
import { DomainError } from '../errors/domain-error.js';
import { EventStream } from '../http/event-stream.js';
import { Metrics } from '../metrics/metrics.js';
import { ACCESS_CHANGED_CHANNEL } from './access-changes.js';
import { LiveFeeds } from './live-feeds.js';
import { LiveListener } from './live-listener.js';
import { wordsOf } from './live-signals.js';
import { LIVE_TIMINGS, type LiveTimings } from './live-timings.js';
import { startFrom } from './stream-position.js';
import type { FeedMember } from './tenant-feed.js';

/** A browser shares one stream between its tabs; this is for several machines and scripts, and against runaway ones. */
export const STREAMS_PER_USER = 20;
/** Frames that wait for a slow client; they are shared with the others' and cost little. */
const MOST_WAITING = 500;

/** A request that asks to follow a tenant, let in by the guard. */
export interface StreamRequest {
  scope: TenantScope;
  user: Principal;
  /** What the guard asked for; asked again while the stream lasts. */
  permission: Permission;
  request: Request;
  response: Response;
  /** The last event's id that the client has. */
  lastEventId: string | undefined;
}

interface OpenStream extends StreamRequest {
  stream: EventStream;
  member: FeedMember;
}

export class TooManyStreams extends DomainError {
  constructor() {
    super('stream.too_many', 'too-many', `You follow ${STREAMS_PER_USER} streams already; close one of them first.`, {
      headers: { 'Retry-After': '30' },
    });
  }
}

/** The streams that clients hold open in this process. */
@Injectable()
export class LiveStreams implements BeforeApplicationShutdown {
  private readonly streams = new Set<OpenStream>();
  /** Rechecks belong to no single request. */
  private readonly outsideOfRequests = AsyncLocalStorage.snapshot();
  private recheckTimer: NodeJS.Timeout | undefined;
  private rechecking: Promise<void> = Promise.resolve();
  private subscribed: Promise<unknown> | undefined;
  private stopping = false;

  constructor(
    private readonly feeds: LiveFeeds,
    private readonly callers: CallerRecheck,
    private readonly listener: LiveListener,
    @Inject(LIVE_TIMINGS) private readonly timings: LiveTimings,
    metrics: Metrics,
  ) {
    metrics.gauge({
      name: 'live_streams',
      help: 'Event streams that clients hold open with this process.',
      labels: {},
      read: () => [{ labels: {}, value: this.streams.size }],
    });
  }

  /**
   * Answers the request with a stream that lasts until the client leaves, may no longer follow, or this process stops.
   * Resolves when the client has caught up. Rejects before anything was sent when the database cannot be read.
   * @throws TooManyStreams
   */
  async open(asked: StreamRequest): Promise<void> {
    const { request, response, scope, user } = asked;
    // Holding a stream is not using the session: it is neither prolonged when the stream begins nor when it ends.
    delete (request as { session?: unknown }).session;
    const stream = new EventStream(response, { mostWaiting: MOST_WAITING, stalledMs: this.timings.stalledMs });
    if (request.method === 'HEAD') return this.startAndEnd(stream);
    if ([...this.streams].filter((one) => one.user.userId === user.userId).length >= STREAMS_PER_USER) {
      throw new TooManyStreams();
    }
    const member: FeedMember = {
      userId: user.userId,
      deliver: (frames, instead) => stream.send(frames, instead),
    };
    const open: OpenStream = { ...asked, stream, member };
    this.streams.add(open);
    // Its connection tells when the client leaves: an answer that waits behind another on it is never said to be closed.
    const { socket } = request;
    const onLeft = (): void => this.forget(open);
    socket.once('close', onLeft);
    try {
      await this.outsideOfRequests(() => this.watchAccess());
      await this.feeds.join(scope, member, startFrom(scope.tenantId, asked.lastEventId));
    } catch (error) {
      socket.off('close', onLeft);
      this.forget(open);
      throw error;
    }
    // Who left before this listened, or before the feed knew the member, is told of by nothing that comes.
    if (socket.destroyed) this.forget(open);
    else if (this.stopping) this.startAndEnd(stream);
    else stream.start(this.retryMs());
  }

  /** While the HTTP server still stands, because it waits for every answer: also for those that never end. */
  beforeApplicationShutdown(): void {
    this.stopping = true;
    clearInterval(this.recheckTimer);
    for (const { stream } of this.streams) if (stream.isOpen) stream.end();
  }

  /** The client comes back by itself, to whoever serves then. */
  private startAndEnd(stream: EventStream): void {
    stream.start(this.retryMs());
    stream.end();
  }

  private forget(open: OpenStream): void {
    this.streams.delete(open);
    this.feeds.leave(open.scope.tenantId, open.member);
    if (this.streams.size > 0) return;
    clearInterval(this.recheckTimer);
    this.recheckTimer = undefined;
  }

  private async watchAccess(): Promise<void> {
    if (!this.stopping) this.recheckTimer ??= setInterval(() => this.recheck(() => true), this.timings.recheckMs);
    await (this.subscribed ??= this.listener.subscribe(ACCESS_CHANGED_CHANNEL, (message) => {
      const userIds = message === undefined ? undefined : new Set(wordsOf(message));
      this.recheck(({ user }) => userIds === undefined || userIds.has(user.userId));
    }));
  }

  private recheck(whose: (stream: OpenStream) => boolean): void {
    this.rechecking = this.rechecking.then(() => this.endForbidden([...this.streams].filter(whose)));
  }

  private async endForbidden(streams: readonly OpenStream[]): Promise<void> {
    for (const { request, response, scope, permission, stream } of streams) {
      try {
        if (!(await this.callers.stillMay(request, response, scope.tenantId, permission))) stream.end();
      } catch {
        return; // the database is away, and with it all that a stream could show
      }
    }
  }

  private retryMs(): number {
    return Math.round(this.timings.retryMs * (1 + Math.random()));
  }
}
