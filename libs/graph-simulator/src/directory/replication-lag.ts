import { workloadOf } from '../budget/workload.js';
import type { GraphCall } from '../graph/graph-call.js';
import { notFound, type GraphReply } from '../graph/graph-errors.js';
import { bodiesOf, isBody, textOf, type GraphBody } from '../store/graph-body.js';

/** An object as it was before a change that has not reached every replica. */
interface Former {
  path: string;
  body: GraphBody;
  until: number;
}

export interface LagTimes {
  directoryMs: number;
  conditionalAccessMs: number;
}

/**
 * What was just made is not found for a while, by id or in a list; what was just changed is told as it was, and what was just
 * deleted is still found by its id: Entra and conditional access are eventually consistent (terraform-provider-azuread#578,
 * Microsoft365DSC#7010). Intune is not touched.
 */
export class ReplicationLag {
  private lag: LagTimes = { directoryMs: 0, conditionalAccessMs: 0 };
  private readonly visibleAt = new Map<string, number>();
  private readonly stale = new Map<string, Former>();

  times(): LagTimes {
    return this.lag;
  }

  set(times: Partial<LagTimes>): void {
    this.lag = { ...this.lag, ...times };
  }

  /** The 404 for a path that names an object too young to be seen. */
  hidden(call: GraphCall): GraphReply | undefined {
    if (this.visibleAt.size === 0 || call.method !== 'GET') return undefined;
    const id = idsOf(call.target).find((each) => this.isYoung(call, each));
    return id === undefined ? undefined : notFound(call.trace, 'directory', id);
  }

  /** What an object looks like that this call is about to change or delete; undefined for any other call. */
  beforeChange(call: GraphCall, read: (path: string) => GraphReply): GraphBody | undefined {
    const path = pathOf(call);
    if (!['PATCH', 'PUT', 'DELETE'].includes(call.method) || path.endsWith('$ref') || this.lagOf(call) === 0)
      return undefined;
    const { status, body } = read(path);
    return status === 200 && isBody(body) ? body : undefined;
  }

  /** Remembers how the object was that this call has changed. */
  changed(call: GraphCall, reply: GraphReply, before: GraphBody | undefined): void {
    const id = before === undefined ? undefined : textOf(before, 'id');
    if (before === undefined || id === undefined || reply.status >= 300) return;
    const until = call.trace.now + this.lagOf(call);
    this.stale.set(keyOf(call, id), { path: pathOf(call), body: before, until });
  }

  /** The answer of a replica that an object's change has not reached; undefined where that is not so. */
  former(call: GraphCall): GraphReply | undefined {
    if (this.stale.size === 0 || call.method !== 'GET') return undefined;
    const former = this.formerOf(call, idsOf(call.target).at(-1) ?? '');
    if (former === undefined || former.path !== pathOf(call)) return undefined;
    return { status: 200, headers: {}, body: former.body };
  }

  /** The answer as a replica gives it: lists without what is too young. Remembers what this call has made. */
  replicated(call: GraphCall, reply: GraphReply): GraphReply {
    const { body } = reply;
    if (!isBody(body)) return reply;
    const id = textOf(body, 'id');
    const lagMs = this.lagOf(call);
    if (call.method === 'POST' && reply.status === 201 && id !== undefined && lagMs > 0)
      this.visibleAt.set(keyOf(call, id), call.trace.now + lagMs);
    if (this.visibleAt.size + this.stale.size === 0 || call.method !== 'GET' || !Array.isArray(body.value))
      return reply;
    const value = bodiesOf(body, 'value')
      .filter((item) => !this.isYoung(call, textOf(item, 'id') ?? ''))
      .map((item) => {
        const former = this.formerOf(call, textOf(item, 'id') ?? '')?.body ?? {};
        return Object.fromEntries(Object.entries(item).map(([key, own]) => [key, former[key] ?? own]));
      });
    return { ...reply, body: { ...body, value } };
  }

  private formerOf(call: GraphCall, id: string): Former | undefined {
    const key = keyOf(call, id);
    const former = this.stale.get(key);
    if (former === undefined || call.trace.now < former.until) return former;
    this.stale.delete(key);
    return undefined;
  }

  private lagOf(call: GraphCall): number {
    switch (workloadOf(call.method, call.target).kind) {
      case 'directory':
        return this.lag.directoryMs;
      case 'conditional-access':
        return this.lag.conditionalAccessMs;
      case 'intune':
        return 0;
    }
  }

  /** Whether an object was made so short a while ago that the services do not see it. */
  isYoung(call: Pick<GraphCall, 'tenant' | 'trace'>, id: string): boolean {
    const key = keyOf(call, id);
    const at = this.visibleAt.get(key);
    if (at === undefined) return false;
    if (call.trace.now < at) return true;
    this.visibleAt.delete(key);
    return false;
  }
}

function keyOf(call: Pick<GraphCall, 'tenant'>, id: string): string {
  return `${call.tenant.entraTenantId} ${id}`.toLowerCase();
}

function pathOf({ target }: Pick<GraphCall, 'target'>): string {
  return (target.split('?')[0] ?? '').toLowerCase();
}

function idsOf(target: string): string[] {
  return (target.split('?')[0] ?? '').split('/').filter((part) => part !== '');
}
