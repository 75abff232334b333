import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { SETTINGS, type Settings } from '../../config/settings.js';
import { listen } from '../listen.js';
import { MetricsGate } from '../../metrics/metrics-gate.js';
import { Metrics } from '../../metrics/metrics.js';
import { LIVE, readyAnswer } from './health-answers.js';
import { Readiness } from './readiness.js';

interface Answer {
  status: number;
  contentType: string;
  text: string;
  headers?: Record<string, string>;
}

/**
 * The probes and metrics of a process that serves nothing else, on `WORKER_PORT`: the same three addresses as the API's,
 * without a framework behind them. Off where the port is not set.
 */
@Injectable()
export class WorkerListener implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger(WorkerListener.name);
  private server: Server | undefined;

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly readiness: Readiness,
    private readonly metrics: Metrics,
    private readonly gate: MetricsGate,
  ) {}

  /** @throws CannotListen, and so stops the boot */
  async onApplicationBootstrap(): Promise<void> {
    const { workerPort } = this.settings.telemetry;
    if (workerPort === undefined) return;
    const server = createServer((request, response) => void this.serve(request, response));
    await listen(server, { host: this.settings.host, port: workerPort, setting: 'WORKER_PORT' });
    this.server = server;
    this.log.log(`probes and metrics on port ${workerPort}`);
  }

  /** Stands until the handlers have ended, so that whoever looks sees a process that is alive and not ready. */
  async onApplicationShutdown(): Promise<void> {
    const { server } = this;
    if (server === undefined) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    request.resume();
    const { status, contentType, text, headers } = await this.answerTo(request).catch(() => refusal(500));
    response.writeHead(status, { 'content-type': contentType, 'cache-control': 'no-store', ...headers });
    response.end(request.method === 'HEAD' ? undefined : text);
  }

  private async answerTo({ method, url = '', headers }: IncomingMessage): Promise<Answer> {
    if (method !== 'GET' && method !== 'HEAD') return refusal(405, { allow: 'GET, HEAD' });
    switch (url.split('?')[0]) {
      case '/health/live':
        return asJson(LIVE);
      case '/health/ready':
        return asJson(readyAnswer(await this.readiness.report(), randomUUID()));
      case '/metrics':
        return this.metricsFor(headers.authorization);
      case undefined:
      default:
        return refusal(404);
    }
  }

  private async metricsFor(authorization: string | undefined): Promise<Answer> {
    switch (this.gate.answer(authorization)) {
      case 'closed':
        return refusal(404);
      case 'refused':
        return refusal(401, { 'www-authenticate': 'Bearer realm="TenantAtlas"' });
      case 'open':
        return { status: 200, contentType: this.metrics.contentType, text: await this.metrics.text() };
    }
  }
}

function asJson({ status, contentType, body }: { status: number; contentType: string; body: object }): Answer {
  return { status, contentType, text: JSON.stringify(body) };
}

function refusal(status: number, headers: Record<string, string> = {}): Answer {
  return { status, contentType: 'text/plain', text: '', headers };
}
