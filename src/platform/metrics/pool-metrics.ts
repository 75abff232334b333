import { Injectable } from '@nestjs/common';
import { Metrics, type Sample } from './metrics.js';

/** What a `pg` pool tells of itself. */
export interface WatchedPool {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
}

/** How busy the connection pools of this process are. */
@Injectable()
export class PoolMetrics {
  private readonly pools = new Map<string, () => WatchedPool>();

  constructor(metrics: Metrics) {
    const pool = { atMost: 10 };
    metrics.gauge({
      name: 'db_pool_connections',
      help: 'Connections to PostgreSQL that are open.',
      labels: { pool, state: ['in_use', 'idle'] },
      read: () => this.connections(),
    });
    metrics.gauge({
      name: 'db_pool_waiting',
      help: 'Callers that wait for a connection because all are in use.',
      labels: { pool },
      read: () => [...this.pools].map(([name, of]) => ({ labels: { pool: name }, value: of().waitingCount })),
    });
  }

  /** Shows a pool from now on. `of` is asked at each scrape. */
  watch(name: string, of: () => WatchedPool): void {
    this.pools.set(name, of);
  }

  private connections(): Sample<'pool' | 'state'>[] {
    return [...this.pools].flatMap(([pool, of]) => {
      const { totalCount, idleCount } = of();
      return [
        { labels: { pool, state: 'in_use' }, value: totalCount - idleCount },
        { labels: { pool, state: 'idle' }, value: idleCount },
      ];
    });
  }
}
