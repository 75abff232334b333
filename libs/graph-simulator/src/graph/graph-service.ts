import { randomUUID } from 'node:crypto';
import { faultReply, htmlPage, twiceNested, withDuplicateLink } from '../faults/fault-reply.js';
import type { FaultRules } from '../faults/fault-rules.js';
import type { Reply } from '../http/reply.js';
import type { LoggedRequest } from '../http/request-log.js';
import type { SimRequest } from '../http/request.js';
import type { SigningKey } from '../login/signing-key.js';
import type { SimulatorStore } from '../store/simulator-store.js';
import { readBatch, runBatch } from './batch.js';
import { readBearer, type Caller } from './bearer.js';
import type { GraphVersion } from './collections.js';
import { deniedToUser } from '../directory/user-rights.js';
import type { ReplicationLag } from '../directory/replication-lag.js';
import { familyOf, jsonOf, type GraphCall } from './graph-call.js';
import {
  badRequest,
  graphError,
  GraphRefusal,
  unauthorized,
  wrongVerb,
  type GraphReply,
  type RequestTrace,
} from './graph-errors.js';
import { headersOf, JSON_TYPE, jsonType, withoutType } from './graph-headers.js';
import { levelOf, withoutMetadata } from './metadata-level.js';
import { routeGraphCall } from './graph-routes.js';
import type { Throttle } from './throttle.js';

/** An answer with what the request log tells about it. */
export interface GraphOutcome {
  reply: Reply;
  caller: Caller | undefined;
  fault: boolean;
  batch?: LoggedRequest['batch'];
}

/** How a fault spoils what goes over the wire; in a batch it spoils the whole answer, as members share one connection. */
type Damage = { kind: 'reset' | 'reset-body' | 'truncate' | 'wrong-type' } | { kind: 'html'; status: number };

interface CallResult {
  reply: GraphReply;
  fault: boolean;
  damage?: Damage;
}

export interface GraphServiceParts {
  store: SimulatorStore;
  key: SigningKey;
  throttle: Throttle;
  faults: FaultRules;
  lag: ReplicationLag;
  /** Origin in the links of answers; undefined for the one that the caller used. */
  publicOrigin: string | undefined;
  now(): number;
  sleep(ms: number): Promise<void>;
}

/** Microsoft Graph's front door: versions, tokens, throttling, faults, batches; reads go on to the routes. */
export class GraphService {
  constructor(private readonly parts: GraphServiceParts) {}

  async handle(request: SimRequest): Promise<GraphOutcome> {
    const requestId = randomUUID();
    const version = /^\/(v1\.0|beta)(?=\/|$)/i.exec(request.pathname)?.[1]?.toLowerCase() as GraphVersion | undefined;
    const target = version === undefined ? request.target : request.target.slice(version.length + 1) || '/';
    const clientRequestId = request.header('client-request-id') ?? requestId;
    const trace: RequestTrace = { now: this.parts.now(), requestId, clientRequestId, path: target };
    let caller: Caller | undefined;
    try {
      if (version === undefined) throw invalidVersion(request, trace);
      caller = readBearer(request.header('authorization'), this.parts.key, trace);
      const tenant = this.parts.store.tenant(caller.tenantId);
      if (tenant === undefined) throw new GraphRefusal(unauthorized(trace, 'The tenant of the token is not known.'));
      const call: GraphCall = {
        method: request.method,
        version,
        target,
        origin: this.parts.publicOrigin ?? request.origin,
        caller,
        tenant,
        trace,
        header: (name) => request.header(name),
        isYoung: (id) => this.parts.lag.isYoung({ tenant, trace }, id),
        json: () => jsonOf(request.body, trace),
      };
      const isBatch = /^\/\$batch\/?$/i.test(target.split('?')[0] ?? '');
      if (isBatch) return await this.batch(call, request);
      const result = await this.perform(call);
      return { reply: this.onWire(result, trace), caller, fault: result.fault };
    } catch (error) {
      if (!(error instanceof GraphRefusal)) throw error;
      return { reply: this.onWire({ reply: error.reply, fault: false }, trace), caller, fault: false };
    }
  }

  /** What a caller gets when the simulator itself fails. */
  failure(): Reply {
    return this.outOfOrder(500, 'InternalServerError', 'The simulator failed on this request; its log tells why.');
  }

  tooLarge(): Reply {
    return this.outOfOrder(413, 'RequestEntityTooLarge', 'The request body is too large.');
  }

  private outOfOrder(status: number, code: string, message: string): Reply {
    const requestId = randomUUID();
    const trace: RequestTrace = { now: this.parts.now(), requestId, clientRequestId: requestId, path: '/' };
    return this.onWire({ reply: graphError(trace, status, code, message), fault: false }, trace);
  }

  private async batch(call: GraphCall, request: SimRequest): Promise<GraphOutcome> {
    const { trace, caller } = call;
    const struck = await this.faultOn(call);
    if (struck?.reply !== undefined)
      return { reply: this.onWire({ reply: struck.reply, fault: true }, trace), caller, fault: true };
    if (call.method !== 'POST') throw wrongVerb(trace);
    const members = readBatch(request.body.toString('utf8'), trace);
    const results = new Map<string, CallResult>();
    const replies = await runBatch(members, trace, async (member) => {
      const result = await this.perform({
        ...call,
        method: member.method,
        target: member.url,
        trace: { ...trace, path: member.url },
        header: (name) => member.headers.get(name.toLowerCase()),
        json: () => member.body,
      });
      results.set(member.id, result);
      return result.reply;
    });
    const damage = struck?.damage ?? [...results.values()].find((result) => result.damage !== undefined)?.damage;
    const responses = replies.map(({ id, reply }) => ({
      id,
      status: reply.status,
      headers: { 'Cache-Control': 'no-cache', 'Content-Type': JSON_TYPE, 'OData-Version': '4.0', ...reply.headers },
      body: reply.body,
    }));
    const statusOf = (id: string) => replies.find((reply) => reply.id === id)?.reply.status ?? 0;
    const fault = struck !== undefined || [...results.values()].some((result) => result.fault);
    return {
      reply: this.onWire({ reply: { status: 200, headers: {}, body: { responses } }, fault, damage }, trace),
      caller,
      fault,
      batch: members.map(({ id, method, url }) => ({
        id,
        method,
        path: `/${call.version}${url}`,
        status: statusOf(id),
      })),
    };
  }

  /** One operation with its budget and faults; never throws a refusal. */
  private async perform(call: GraphCall): Promise<CallResult> {
    const { method, target, caller, tenant, trace } = call;
    const asked = { method, target, ...caller, users: tenant.directory.size() };
    const { refusal, headers } = this.parts.throttle.take(asked, trace);
    if (refusal !== undefined) return { reply: refusal, fault: false };
    const struck = await this.faultOn(call);
    if (struck?.reply !== undefined) return { reply: struck.reply, fault: true };
    const answer = this.replica(call);
    const level = levelOf(call);
    const type: Record<string, string> = level === 'minimal' ? {} : { 'Content-Type': jsonType(level) };
    const body = level === 'none' ? withoutMetadata(answer.body) : answer.body;
    const reply = { ...answer, body, headers: { ...headers, ...type, ...answer.headers } };
    if (struck === undefined) return { reply, fault: false };
    return { reply: struck.duplicate ? withDuplicateLink(reply, call) : reply, fault: true, damage: struck.damage };
  }

  /** The answer as some replica gives it, which need not have heard of the last changes. */
  private replica(call: GraphCall): GraphReply {
    const { lag } = this.parts;
    const early = lag.hidden(call) ?? lag.former(call);
    if (early !== undefined) return early;
    const before = lag.beforeChange(call, (target) => this.read({ ...call, method: 'GET', target }));
    const reply = lag.replicated(call, this.read(call));
    lag.changed(call, reply, before);
    return reply;
  }

  private read(call: GraphCall): GraphReply {
    try {
      if (/^\/\$batch/i.test(call.target)) throw badRequest(call.trace, 'A batch may not contain another batch.');
      return deniedToUser(call, familyOf(call.target)) ?? routeGraphCall(call);
    } catch (error) {
      if (error instanceof GraphRefusal) return error.reply;
      throw error;
    }
  }

  private async faultOn(
    call: GraphCall,
  ): Promise<{ reply?: GraphReply; damage?: Damage; duplicate: boolean } | undefined> {
    const rule = this.parts.faults.strike(`/${call.version}${call.target}`);
    if (rule === undefined) return undefined;
    if (rule.delayMs > 0) await this.parts.sleep(rule.delayMs);
    switch (rule.kind) {
      case 'status':
        return rule.status === undefined
          ? { duplicate: false }
          : { reply: faultReply(rule, rule.status, call), duplicate: false };
      case 'twice-nested':
        return { reply: twiceNested(rule.status ?? 403, call), duplicate: false };
      case 'reset':
      case 'reset-body':
      case 'truncate':
      case 'wrong-type':
        return { damage: { kind: rule.kind }, duplicate: false };
      case 'html':
        return { damage: { kind: 'html', status: rule.status ?? 502 }, duplicate: false };
      case 'duplicate-next-link':
        return { duplicate: true };
    }
  }

  private onWire({ reply, damage }: CallResult, trace: RequestTrace): Reply {
    const headers = headersOf(reply, trace);
    if (damage?.kind === 'html')
      return {
        status: damage.status,
        headers: { ...headers, 'Content-Type': 'text/html; charset=utf-8' },
        text: htmlPage(),
      };
    if (damage?.kind === 'wrong-type')
      return { status: reply.status, headers: { ...headers, 'Content-Type': 'text/plain' }, body: reply.body };
    if (reply.body === undefined) return { status: reply.status, headers: withoutType(headers), damage: damage?.kind };
    return { status: reply.status, headers, body: reply.body, damage: damage?.kind };
  }
}

function invalidVersion(request: SimRequest, trace: RequestTrace): GraphRefusal {
  const first = request.pathname.split('/')[1] ?? '';
  return new GraphRefusal(graphError(trace, 404, 'ResourceNotFound', `Invalid version: ${first}`));
}
