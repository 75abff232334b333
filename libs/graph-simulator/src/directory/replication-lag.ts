import { workloadOf } from '../budget/workload.js';
import type { GraphCall } from '../graph/graph-call.js';
import { notFound, type GraphReply } from '../graph/graph-errors.js';
import { bodiesOf, isBody, textOf } from '../store/graph-body.js';

export interface LagTimes {
  directoryMs: number;
  conditionalAccessMs: number;
}

/**
 * What was just made is not found for a while, by id or in a list: Entra and conditional access are eventually consistent
 * (terraform-provider-azuread#578, Microsoft365DSC#7010). Intune is not touched.
 */
export class ReplicationLag {
  private lag: LagTimes = { directoryMs: 0, conditionalAccessMs: 0 };
  private readonly visibleAt = new Map<string, number>();

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

  /** The answer as a replica gives it: lists without what is too young. Remembers what this call has made. */
  replicated(call: GraphCall, reply: GraphReply): GraphReply {
    const { body } = reply;
    if (!isBody(body)) return reply;
    const id = textOf(body, 'id');
    const lagMs = this.lagOf(call);
    if (call.method === 'POST' && reply.status === 201 && id !== undefined && lagMs > 0)
      this.visibleAt.set(keyOf(call, id), call.trace.now + lagMs);
    if (this.visibleAt.size === 0 || call.method !== 'GET' || !Array.isArray(body.value)) return reply;
    const value = bodiesOf(body, 'value').filter((item) => !this.isYoung(call, textOf(item, 'id') ?? ''));
    return { ...reply, body: { ...body, value } };
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

  private isYoung(call: GraphCall, id: string): boolean {
    const key = keyOf(call, id);
    const at = this.visibleAt.get(key);
    if (at === undefined) return false;
    if (call.trace.now < at) return true;
    this.visibleAt.delete(key);
    return false;
  }
}

function keyOf(call: GraphCall, id: string): string {
  return `${call.tenant.entraTenantId} ${id}`.toLowerCase();
}

function idsOf(target: string): string[] {
  return (target.split('?')[0] ?? '').split('/').filter((part) => part !== '');
}
