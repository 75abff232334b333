import type { SimulatorClock } from './clock/simulator-clock.js';
import { FaultRules } from './faults/fault-rules.js';
import type { GraphOutcome, GraphService } from './graph/graph-service.js';
import type { Reply } from './http/reply.js';
import type { RequestLog } from './http/request-log.js';
import type { SimRequest } from './http/request.js';
import { entraError } from './login/entra-errors.js';
import type { LoginService } from './login/login-service.js';

export interface SimulatorDoorParts {
  login: LoginService;
  graph: GraphService;
  faults: FaultRules;
  requests: RequestLog;
  clock: SimulatorClock;
}

/** One port for Entra and Graph: sends a request to the one that its path names, and keeps the log of both. */
export class SimulatorDoor {
  constructor(private readonly parts: SimulatorDoorParts) {}

  async handle(request: SimRequest): Promise<Reply> {
    const { clock } = this.parts;
    clock.enter();
    try {
      return await this.answer(request);
    } finally {
      clock.leave();
    }
  }

  private async answer(request: SimRequest): Promise<Reply> {
    const { clock } = this.parts;
    const at = clock.now();
    const { mode, latencyMs } = clock.rules();
    if (mode === 'virtual' && latencyMs > 0) await clock.pause(latencyMs);
    const outcome = (await this.signIn(request)) ?? (await this.parts.graph.handle(request));
    const { reply, caller, fault, batch } = outcome;
    this.parts.requests.add({
      time: new Date(at).toISOString(),
      method: request.method,
      path: request.target,
      status: reply.damage === 'reset' ? null : reply.status,
      durationMs: clock.now() - at,
      tenantId: caller?.tenantId ?? null,
      clientId: caller?.appId ?? null,
      fault,
      ...(batch === undefined ? {} : { batch }),
    });
    return { ...reply, headers: { Date: new Date(clock.now()).toUTCString(), ...reply.headers } };
  }

  private async signIn(request: SimRequest): Promise<GraphOutcome | undefined> {
    const reply = this.parts.login.handle(request);
    if (reply === undefined) return undefined;
    const rule = this.parts.faults.strike(request.target);
    if (rule === undefined) return { reply, caller: undefined, fault: false };
    if (rule.delayMs > 0) await this.parts.clock.pause(rule.delayMs);
    return {
      reply: struck(
        reply,
        rule.kind === 'reset' || rule.kind === 'reset-body' || rule.kind === 'truncate' ? rule.kind : rule.status,
        rule.retryAfter,
        this.parts.clock.now(),
      ),
      caller: undefined,
      fault: true,
    };
  }
}

/** AADSTS90033 is what Entra answers when it fails for a moment. */
function struck(
  reply: Reply,
  how: 'reset' | 'reset-body' | 'truncate' | number | undefined,
  retryAfter: string | undefined,
  now: number,
): Reply {
  if (how === undefined) return reply;
  if (typeof how === 'string') return { ...reply, damage: how };
  const refusal = {
    status: how,
    error: 'temporarily_unavailable',
    code: 90033,
    text: 'A transient error has occurred. Please try again.',
  };
  const answer = entraError(refusal, reply.headers['client-request-id'] ?? '', now);
  return retryAfter === undefined ? answer : { ...answer, headers: { ...answer.headers, 'Retry-After': retryAfter } };
}
