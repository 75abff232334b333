import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { Metrics, type Sample } from '../../../platform/metrics/metrics.js';
import { sharedReading } from '../../../platform/metrics/shared-reading.js';
import { KIND_LABEL } from './run-metrics.js';

interface ActiveRuns {
  kind: string;
  status: 'queued' | 'running';
  runs: number;
  oldest_seconds: number;
  expired: number;
}

/** Scrapes come from several places at once; the rows are read once for all of them, and never waited for long. */
const READING = { keepMs: 5_000, deadlineMs: 2_000 };

/**
 * The runs that are active now, over all tenants, read from the rows when Prometheus asks: they are the truth even where
 * a process that counted has died. The cost follows the active runs alone, however long the history. Held runs wait for
 * a person and are left out.
 */
@Injectable()
export class RunGauges {
  private readonly read: () => Promise<ActiveRuns[]>;

  constructor(metrics: Metrics, database: Database) {
    this.read = sharedReading(
      () =>
        database.query<ActiveRuns>(
          `SELECT type AS kind, 'queued' AS status, count(*)::int AS runs, 0 AS expired,
             extract(epoch FROM now() - min(created_at))::float8 AS oldest_seconds
           FROM operation_runs WHERE status = 'queued' AND held_until IS NULL GROUP BY type
           UNION ALL
           SELECT type, 'running', count(*)::int, (count(*) FILTER (WHERE lease_expires_at < now()))::int,
             extract(epoch FROM now() - min(started_at))::float8
           FROM operation_runs WHERE status = 'running' GROUP BY type`,
        ),
      READING,
    );
    metrics.gauge({
      name: 'runs_active',
      help: 'Runs that wait or work, by kind. The same number from every process: take the maximum.',
      labels: { kind: KIND_LABEL, status: ['queued', 'running'] },
      read: async () =>
        (await this.read()).map(({ kind, status, runs }) => ({ labels: { kind, status }, value: runs })),
    });
    metrics.gauge({
      name: 'runs_oldest_seconds',
      help: 'The age of the oldest run that waits, and the time that the oldest one has worked. From every process alike.',
      labels: { kind: KIND_LABEL, status: ['queued', 'running'] },
      read: async () =>
        (await this.read()).map(({ kind, status, oldest_seconds }) => ({
          labels: { kind, status },
          value: oldest_seconds,
        })),
    });
    metrics.gauge({
      name: 'runs_expired_leases',
      help: 'Running runs whose worker gave no sign of life in time; the sweep should take them to 0.',
      labels: {},
      read: async () => [this.expired(await this.read())],
    });
  }

  private expired(active: readonly ActiveRuns[]): Sample<never> {
    return { labels: {}, value: active.reduce((sum, { expired }) => sum + expired, 0) };
  }
}
