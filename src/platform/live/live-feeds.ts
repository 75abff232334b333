import { AsyncLocalStorage } from 'node:async_hooks';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Coalescer } from '../batching/coalescer.js';
import type { TenantScope } from '../database/tenant-scope.js';
import { LiveListener } from './live-listener.js';
import { wordsOf } from './live-signals.js';
import { LIVE_TIMINGS, type LiveTimings } from './live-timings.js';
import { LiveTopics, type LiveTopic, type TopicAnswer } from './live-topics.js';
import type { StreamStart } from './stream-position.js';
import { TenantFeed, type FeedMember, type ReadTurn } from './tenant-feed.js';

/** Reads of all tenants that are under way at once: followers must not keep the pool from those who wait for answers. */
const READS_AT_ONCE = 4;

/** The feeds of the tenants that somebody follows through this process. */
@Injectable()
export class LiveFeeds implements OnApplicationShutdown {
  private readonly feeds = new Map<string, TenantFeed>();
  private readonly reads = new Coalescer<() => Promise<TopicAnswer>, TopicAnswer>(
    (reads) => Promise.allSettled(reads.map((read) => read())),
    { most: 1, atOnce: READS_AT_ONCE },
  );
  private readonly turn: ReadTurn = (read) => this.reads.add(read);
  /** A feed belongs to many, so it works in the context of no single request. */
  private readonly outsideOfRequests = AsyncLocalStorage.snapshot();
  private subscribed: Promise<void> | undefined;

  constructor(
    private readonly topics: LiveTopics,
    private readonly listener: LiveListener,
    @Inject(LIVE_TIMINGS) private readonly timings: LiveTimings,
  ) {}

  /** See {@link TenantFeed.join}. Call {@link leave} when the member goes, however this ends. */
  async join(scope: TenantScope, member: FeedMember, start: StreamStart): Promise<void> {
    await (this.subscribed ??= this.outsideOfRequests(() => this.subscribe()));
    const feed = this.feeds.get(scope.tenantId) ?? this.open(scope);
    await this.outsideOfRequests(() => feed.join(member, start));
  }

  leave(tenantId: string, member: FeedMember): void {
    const feed = this.feeds.get(tenantId);
    feed?.leave(member);
    if (!feed?.isEmpty) return;
    feed.close();
    this.feeds.delete(tenantId);
  }

  onApplicationShutdown(): void {
    for (const feed of this.feeds.values()) feed.close();
    this.feeds.clear();
  }

  private open(scope: TenantScope): TenantFeed {
    const feed = this.outsideOfRequests(() => new TenantFeed(scope, this.topics.all(), this.turn, this.timings.beatMs));
    this.feeds.set(scope.tenantId, feed);
    return feed;
  }

  private async subscribe(): Promise<void> {
    for (const topic of this.topics.all()) {
      await this.listener.subscribe(topic.channel, (message) => this.hear(topic, message));
    }
  }

  private hear(topic: LiveTopic, message: string | undefined): void {
    if (message === undefined) {
      for (const feed of this.feeds.values()) feed.look();
      return;
    }
    for (const word of wordsOf(message)) {
      const space = word.indexOf(' ');
      this.feeds.get(word.slice(0, space))?.changed(topic, word.slice(space + 1));
    }
  }
}
