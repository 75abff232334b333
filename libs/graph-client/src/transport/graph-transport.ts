import { randomUUID } from 'node:crypto';
import type { RequestCost } from '../budget/request-budget.js';
import type { TenantBudgets } from '../budget/tenant-budgets.js';
import type { GraphBudget } from '../catalogue/policy-type.js';
import { GraphFailure, failureCodeOf } from '../graph-failure.js';
import type { GraphLimits } from '../graph-limits.js';
import { retryAfterMs } from '../retry/retry-after.js';
import { PassingFault, RetryPlan, isPassing } from '../retry/retry-plan.js';
import type { GraphClock } from '../time/graph-clock.js';
import type { TokenSource } from '../token-source.js';
import { readGraphError, record } from './error-body.js';
import { allowedUrl, withoutQuery } from './graph-url.js';
import type { GraphAttemptEnd, GraphObserver } from './graph-observer.js';
import { BodyTooLarge, type HttpReply, NetworkFault, exchange } from './http-exchange.js';
import { pathTemplate } from './path-template.js';
import { safeText } from './safe-text.js';

/** A call that may be repeated without harm: a read, or a $batch of reads. */
export interface GraphRequest {
  method: 'GET' | 'POST';
  /** A path below the Graph origin, or a link as Graph gave it. */
  target: string;
  headers?: Readonly<Record<string, string>>;
  body?: unknown;
  cost: RequestCost;
  signal?: AbortSignal;
}

export interface TransportParts {
  graphOrigin: string;
  tokens: TokenSource;
  budgets: TenantBudgets;
  limits: GraphLimits;
  clock: GraphClock;
  /** 0 <= n < 1; spreads the waits. */
  random: () => number;
  observer: GraphObserver;
}

/** Sends single calls to Graph: token, budget, retries, and the reading of answers. */
export class GraphTransport {
  constructor(readonly parts: TransportParts) {}

  newPlan(): RetryPlan {
    return new RetryPlan(this.parts.limits, this.parts.clock, this.parts.random);
  }

  /**
   * The JSON object that Graph answered; `{}` for a 2xx without a body. Retries throttling, 502-504, network faults and
   * bodies that are cut off or no JSON, within the limits.
   * @throws GraphFailure, or the signal's reason.
   */
  async send(request: GraphRequest): Promise<Record<string, unknown>> {
    const url = allowedUrl(request.target, this.parts.graphOrigin);
    const plan = this.newPlan();
    const clientRequestId = randomUUID();
    for (;;) {
      try {
        return await this.attempt(request, url, clientRequestId, plan);
      } catch (fault) {
        if (!(fault instanceof PassingFault)) throw fault;
        await this.pause(plan, fault, request.cost.budget, request.signal);
      }
    }
  }

  /** Waits until the next attempt is due, or throws the failure that the fault has become. */
  async pause(plan: RetryPlan, fault: PassingFault, budget: GraphBudget, signal?: AbortSignal): Promise<void> {
    const wait = plan.nextWait(fault.retryAfterMs);
    const { code } = fault.failure;
    this.parts.observer.fault(wait === undefined ? { code } : { code, retryInMs: wait });
    if (wait === undefined) throw fault.failure;
    if (code === 'graph.throttled') this.parts.budgets.hold(budget, wait);
    await this.parts.clock.delay(wait, signal);
  }

  private async attempt(
    request: GraphRequest,
    url: string,
    clientRequestId: string,
    plan: RetryPlan,
  ): Promise<Record<string, unknown>> {
    const token = await this.token({ signal: request.signal });
    const reply = await this.exchange(request, url, clientRequestId, plan, token);
    if (reply.status !== 401) return this.read(reply, request, url);
    const renewed = await this.renewed(token, request.signal);
    return this.read(await this.exchange(request, url, clientRequestId, plan, renewed), request, url);
  }

  /** A token other than the refused one: another call may have renewed it already. */
  private async renewed(refused: string, signal?: AbortSignal): Promise<string> {
    const current = await this.token({ signal });
    return current === refused ? this.token({ forceRefresh: true, signal }) : current;
  }

  private async token(options: { forceRefresh?: boolean; signal?: AbortSignal }): Promise<string> {
    try {
      return await this.parts.tokens.token(options);
    } catch (error) {
      const passing =
        error instanceof GraphFailure && (error.code === 'graph.unavailable' || error.code === 'graph.throttled');
      throw passing ? new PassingFault(error) : error;
    }
  }

  private async exchange(
    request: GraphRequest,
    url: string,
    clientRequestId: string,
    plan: RetryPlan,
    token: string,
  ): Promise<HttpReply> {
    const { budgets, clock, limits } = this.parts;
    const queuedAt = clock.now();
    await budgets.acquire(request.cost, request.signal);
    const waitedMs = clock.now() - queuedAt;
    plan.leaveOut(waitedMs);
    const ended = this.parts.observer.sending({
      method: request.method,
      route: pathTemplate(url),
      attempt: plan.attempt,
      requests: request.cost.requests,
      waitedMs,
    });
    try {
      const reply = await exchange({
        method: request.method,
        url,
        headers: {
          accept: 'application/json',
          'accept-encoding': 'gzip',
          ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
          ...request.headers,
          authorization: `Bearer ${token}`,
          'client-request-id': clientRequestId,
        },
        body: request.body === undefined ? undefined : JSON.stringify(request.body),
        signal: request.signal,
        timeoutMs: Math.max(1, Math.min(limits.attemptTimeoutMs, plan.leftMs())),
        maxBodyBytes: limits.maxBodyBytes,
      });
      ended(answered(reply));
      return reply;
    } catch (error) {
      const broken = error instanceof BodyTooLarge || error instanceof NetworkFault;
      ended({ kind: broken ? 'failed' : 'aborted' });
      const where = `${request.method} ${withoutQuery(url)}`;
      if (error instanceof BodyTooLarge)
        throw new GraphFailure('graph.protocol', { detail: `${where}: ${error.message}` });
      if (!(error instanceof NetworkFault)) throw error;
      throw new PassingFault(new GraphFailure('graph.unavailable', { detail: `${where}: ${safeText(error.message)}` }));
    }
  }

  private read(reply: HttpReply, request: GraphRequest, url: string): Record<string, unknown> {
    const { status } = reply;
    const where = `${request.method} ${withoutQuery(url)}`;
    const body = parseObject(reply.text);
    if (status >= 200 && status < 300) {
      if (body) return body;
      if (reply.text === '' && (request.method !== 'GET' || status !== 200)) return {};
      const detail = `${where}: the answer is not a JSON object or is cut off`;
      throw new PassingFault(
        new GraphFailure('graph.protocol', { status, requestId: reply.headers['request-id'], detail }),
      );
    }
    const { message, graphCode, requestId } = readGraphError(body);
    const failure = new GraphFailure(failureCodeOf(status, graphCode), {
      status,
      graphCode,
      requestId: reply.headers['request-id'] ?? requestId,
      detail: `${where}: ${status} ${graphCode ?? ''} ${message}`.replace(/ +/g, ' '),
    });
    if (isPassing(status))
      throw new PassingFault(failure, retryAfterMs(reply.headers['retry-after'], this.parts.clock.now()));
    throw failure;
  }
}

function answered({ status, headers }: HttpReply): GraphAttemptEnd {
  const requestId = headers['request-id'];
  return requestId === undefined ? { kind: 'answered', status } : { kind: 'answered', status, requestId };
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    return record(JSON.parse(text));
  } catch {
    return undefined;
  }
}
