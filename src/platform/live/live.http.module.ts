import { Module } from '@nestjs/common';
import { CallerRecheck } from '../access/caller-recheck.js';
import { MetricsModule } from '../metrics/metrics.module.js';
import { LiveFeeds } from './live-feeds.js';
import { LiveStreams } from './live-streams.js';
import { DEFAULT_LIVE_TIMINGS, LIVE_TIMINGS } from './live-timings.js';
import { LiveTopics } from './live-topics.js';

/** Streams for clients; for the API process. A module that has something to follow imports it and adds its topic. */
@Module({
  imports: [MetricsModule],
  providers: [
    CallerRecheck,
    LiveFeeds,
    LiveStreams,
    LiveTopics,
    { provide: LIVE_TIMINGS, useValue: DEFAULT_LIVE_TIMINGS },
  ],
  exports: [LiveStreams, LiveTopics],
})
export class LiveHttpModule {}
