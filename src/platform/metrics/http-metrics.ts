import { Injectable } from '@nestjs/common';
import { Metrics, type Observe } from './metrics.js';

/** Stands for requests that no handler's route matched: pages, assets, unknown addresses, refusals before routing. */
export const NO_ROUTE = 'none';

export interface ServedRequest {
  method: string;
  /** The handler's pattern, `/api/v1/tenants/:tenantId`; undefined when none matched. */
  route: string | undefined;
  /** Undefined when the caller left before the answer was complete. */
  status: number | undefined;
  durationMs: number;
}

/** How long requests take, by what they asked for. */
@Injectable()
export class HttpMetrics {
  private readonly observe: Observe<'method' | 'route' | 'status'>;

  constructor(metrics: Metrics) {
    this.observe = metrics.histogram({
      name: 'http_request_duration_seconds',
      help: 'From the first byte of a request to the last of its answer, event streams left out.',
      labels: {
        method: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
        route: { atMost: 300 },
        status: ['1xx', '2xx', '3xx', '4xx', '5xx', 'aborted'],
      },
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    });
  }

  served({ method, route, status, durationMs }: ServedRequest): void {
    const statusClass = status === undefined ? 'aborted' : `${Math.floor(status / 100)}xx`;
    this.observe({ method, route: route ?? NO_ROUTE, status: statusClass }, durationMs / 1_000);
  }
}
