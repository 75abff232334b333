import path from 'node:path';
import type { SimulatorClock } from '../clock/simulator-clock.js';
import type { ReplicationLag } from '../directory/replication-lag.js';
import type { FaultRules } from '../faults/fault-rules.js';
import type { Throttle } from '../graph/throttle.js';
import type { Reply } from '../http/reply.js';
import type { RequestLog } from '../http/request-log.js';
import type { SimRequest } from '../http/request.js';
import type { Actor } from '../store/audit-trail.js';
import { isBody, textOf, type GraphBody } from '../store/graph-body.js';
import type { SimulatorStore } from '../store/simulator-store.js';
import type { TenantStore } from '../store/tenant-store.js';
import { addObject, deleteObject, patchObject, replaceContent } from './content-change.js';
import { clockCall } from './clock-calls.js';
import { ControlError, controlReply, errorReply } from './control-error.js';
import { directoryCall } from './directory-calls.js';
import { readFaultRules } from './fault-body.js';
import { knobsCall } from './knobs.js';

export const MAX_CONTROL_BODY = 5 * 1024 * 1024;

export interface ControlServiceParts {
  store: SimulatorStore;
  faults: FaultRules;
  requests: RequestLog;
  throttle: Throttle;
  lag: ReplicationLag;
  clock: SimulatorClock;
  now(): number;
  log(line: string): void;
  /** Somebody is about to change the policies of this tenant from outside. */
  steered(tenant: TenantStore): void;
}

/** The control API: content, single changes, groups and users, time, faults and the request log. It has no sign-in and listens on the loopback only. */
export class ControlService {
  constructor(private readonly parts: ControlServiceParts) {}

  async handle(request: SimRequest): Promise<Reply> {
    try {
      refuseBrowsers(request);
      return await this.route(request);
    } catch (error) {
      if (error instanceof ControlError) return errorReply(error);
      throw error;
    }
  }

  tooLarge(): Reply {
    return errorReply(new ControlError(413, 'control.body_too_large', 'The body has more than 5 MB.'));
  }

  failure(): Reply {
    return errorReply(new ControlError(500, 'control.failed', 'The simulator failed on this call; its log tells why.'));
  }

  private async route(request: SimRequest): Promise<Reply> {
    const [, area = '', id, ...rest] = request.pathname.split('/').map(decoded);
    if (area === 'tenants' && id !== undefined) return this.routeTenant(request, this.tenant(id), rest);
    if (area === 'clock' && rest.length === 0) {
      const reply = await clockCall(this.parts.clock, request, id, bodyOf(request));
      if (reply !== undefined) return reply;
    }
    if (id !== undefined) throw unknownPath(request);
    if (area === 'knobs') {
      const reply = knobsCall(this.parts, request.method, bodyOf(request));
      if (reply !== undefined) return reply;
    }
    switch (`${request.method} ${area}`) {
      case 'GET tenants':
        return controlReply(200, { items: this.parts.store.tenants().map(summary) });
      case 'GET faults':
        return controlReply(200, { rules: this.parts.faults.list() });
      case 'PUT faults':
        this.parts.faults.replace(readFaultRules(bodyOf(request)));
        return controlReply(200, { rules: this.parts.faults.list() });
      case 'DELETE faults':
        this.parts.faults.clear();
        return controlReply(200, { rules: [] });
      case 'GET requests':
        return controlReply(200, { items: this.parts.requests.list(), total: this.parts.requests.total() });
      case 'DELETE requests':
        this.parts.requests.clear();
        return controlReply(200, { items: [], total: 0 });
      default:
        throw unknownPath(request);
    }
  }

  private async routeTenant(request: SimRequest, tenant: TenantStore, segments: string[]): Promise<Reply> {
    const [area, objectId, ...beyond] = segments;
    const directory = directoryCall(tenant, request.method, segments, request.query, bodyOf(request));
    if (directory !== undefined) return directory;
    if (beyond.length > 0) throw unknownPath(request);
    const now = this.parts.now();
    if (area === undefined && request.method === 'GET') return controlReply(200, summary(tenant));
    if (request.method !== 'GET') this.parts.steered(tenant);
    if (area === 'content' && objectId === undefined && request.method === 'PUT') {
      const { body, actor } = changeOf(request, tenant);
      const dir = textOf(body, 'dir') ?? '';
      if (dir === '')
        throw new ControlError(
          400,
          'control.invalid_body',
          'The body has to be {"dir": "a folder of exported objects"}.',
        );
      const report = await replaceContent(tenant, path.resolve(dir), actor);
      for (const { file, reason } of report.unreadable) this.parts.log(`Left out ${file}: ${reason}.`);
      return controlReply(200, report);
    }
    if (area !== 'objects') throw unknownPath(request);
    const { body, actor } = changeOf(request, tenant);
    switch (`${request.method} ${objectId === undefined ? 'all' : 'one'}`) {
      case 'POST all':
        return controlReply(201, addObject(tenant, body, actor, now));
      case 'PATCH one':
        return controlReply(200, patchObject(tenant, objectId ?? '', body, actor, now));
      case 'DELETE one':
        deleteObject(tenant, objectId ?? '', actor);
        return { ...controlReply(204, undefined), headers: {} };
      default:
        throw unknownPath(request);
    }
  }

  private tenant(id: string): TenantStore {
    const tenant = this.parts.store.tenant(id);
    if (tenant === undefined)
      throw new ControlError(404, 'control.unknown_tenant', `There is no simulated tenant ${id}.`);
    return tenant;
  }
}

/**
 * The calls have no sign-in, so that a web page in a browser of the same machine must not be able to make them: it would
 * come with a foreign Host (a rebound name), or with a body type that needs no preflight.
 */
function refuseBrowsers(request: SimRequest): void {
  const host = (request.header('host') ?? '').replace(/:\d+$/, '').toLowerCase();
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(host))
    throw new ControlError(403, 'control.foreign_host', 'The control API answers on the loopback only.');
  const type = request.header('content-type') ?? 'application/json';
  if (request.body.length > 0 && !/^application\/json\b/i.test(type))
    throw new ControlError(415, 'control.not_json', 'A body has to be application/json.');
}

function bodyOf(request: SimRequest): GraphBody {
  if (request.body.length === 0) return {};
  try {
    const parsed: unknown = JSON.parse(request.body.toString('utf8'));
    if (isBody(parsed)) return parsed;
  } catch (error) {
    throw new ControlError(
      400,
      'control.invalid_json',
      `The body is no JSON: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
  throw new ControlError(400, 'control.invalid_body', 'The body has to be one JSON object.');
}

/** The change and who makes it: `actor` in the body or the query, a user principal name; else the tenant's first user. */
function changeOf(request: SimRequest, tenant: TenantStore): { body: GraphBody; actor: Actor } {
  const { actor, ...body } = bodyOf(request);
  const named = typeof actor === 'string' ? actor : request.query.get('actor');
  const user =
    named === null
      ? tenant.users[0]
      : tenant.users.find((candidate) => candidate.userPrincipalName.toLowerCase() === named.toLowerCase());
  const userPrincipalName = named ?? user?.userPrincipalName ?? 'admin@simulator.example';
  return { body, actor: { userPrincipalName, userId: user?.id ?? null } };
}

function summary(tenant: TenantStore) {
  return {
    id: tenant.entraTenantId,
    name: tenant.name,
    apps: tenant.apps.map(({ clientId, permissions }) => ({ clientId, permissions })),
    groups: tenant.groups().length,
    objects: tenant.counts(),
  };
}

function unknownPath(request: SimRequest): ControlError {
  return new ControlError(404, 'control.unknown_call', `The control API has no ${request.method} ${request.pathname}.`);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new ControlError(400, 'control.invalid_path', `The part ${part} of the path is not well percent-encoded.`);
  }
}
