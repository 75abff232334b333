import { randomUUID } from 'node:crypto';
import type { CollectionSpec } from '../graph/collections.js';
import { canonicalJson, textOf, type GraphBody, type JsonValue } from './graph-body.js';
import { graphTime } from './graph-time.js';

/** Who made a change. */
export interface Actor {
  userPrincipalName: string;
  userId: string | null;
}

export type AuditOperation = 'Create' | 'Patch' | 'Delete';

const MAX_EVENTS = 10_000;

/** The tenant's Intune audit events (`/deviceManagement/auditEvents`), the newest {@link MAX_EVENTS} of them. */
export class AuditTrail {
  private readonly events: { sequence: number; body: GraphBody }[] = [];
  private recorded = 0;

  constructor(private readonly now: () => number) {}

  /** Oldest first, numbered from 1. */
  list(): readonly { sequence: number; body: GraphBody }[] {
    return this.events;
  }

  record(
    operation: AuditOperation,
    spec: CollectionSpec,
    before: GraphBody | undefined,
    after: GraphBody | undefined,
    actor: Actor,
  ): void {
    const subject = after ?? before ?? {};
    const body: GraphBody = {
      id: randomUUID(),
      displayName: `${operation} ${spec.auditType}`,
      componentName: spec.root === 'deviceManagement' ? 'DeviceConfiguration' : 'MobileApplicationManagement',
      activity: null,
      activityDateTime: graphTime(this.now()),
      activityType: `${operation} ${spec.auditType}`,
      activityOperationType: operation,
      activityResult: 'Success',
      correlationId: randomUUID(),
      category: spec.root === 'deviceManagement' ? 'DeviceConfiguration' : 'Application',
      actor: {
        auditActorType: 'ItPro',
        userPermissions: ['*'],
        applicationId: '5926fc8e-304e-4f59-8bed-58ca97cc39a4',
        applicationDisplayName: 'Microsoft Intune portal extension',
        userPrincipalName: actor.userPrincipalName,
        servicePrincipalName: null,
        ipAddress: null,
        userId: actor.userId,
      },
      resources: [
        {
          displayName: textOf(subject, spec.nameField) ?? null,
          auditResourceType: spec.auditType,
          resourceId: textOf(subject, 'id') ?? null,
          modifiedProperties: modified(before ?? {}, after ?? {}),
        },
      ],
    };
    this.recorded += 1;
    this.events.push({ sequence: this.recorded, body });
    if (this.events.length > MAX_EVENTS) this.events.shift();
  }
}

function modified(before: GraphBody, after: GraphBody): GraphBody[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => name !== '@odata.type');
  return names.flatMap((name) => {
    const [oldValue, newValue] = [shown(before[name]), shown(after[name])];
    return oldValue === newValue ? [] : [{ displayName: name, oldValue, newValue }];
  });
}

function shown(value: JsonValue | undefined): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' ? value : canonicalJson(value);
}
