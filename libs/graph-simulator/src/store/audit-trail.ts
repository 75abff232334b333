import { randomUUID } from 'node:crypto';
import type { CollectionSpec } from '../graph/collections.js';
import { canonicalJson, textOf, type GraphBody, type JsonValue } from './graph-body.js';
import { graphTime } from './graph-time.js';

/** Who made a change: a person in the portal, or an app over Graph. */
export interface Actor {
  /** null for an app by itself. */
  userPrincipalName: string | null;
  userId: string | null;
  /** The app that called Graph; without it, the portal. */
  applicationId?: string;
}

const PORTAL = '5926fc8e-304e-4f59-8bed-58ca97cc39a4';

export type AuditOperation = 'Create' | 'Patch' | 'Delete' | 'Action';

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
    // Changes of conditional access are in the directory's own log.
    if (spec.root.startsWith('identity/')) return;
    const subject = after ?? before ?? {};
    const isApp = spec.root === 'deviceAppManagement';
    const body: GraphBody = {
      id: randomUUID(),
      displayName: `${operation} ${spec.auditType}`,
      componentName: isApp ? 'MobileApplicationManagement' : 'DeviceConfiguration',
      activity: null,
      activityDateTime: graphTime(this.now()),
      activityType: `${operation} ${spec.auditType}`,
      activityOperationType: operation,
      activityResult: 'Success',
      correlationId: randomUUID(),
      category: isApp ? 'Application' : 'DeviceConfiguration',
      actor: {
        auditActorType: actor.userPrincipalName === null ? 'Application' : 'ItPro',
        userPermissions: ['*'],
        applicationId: actor.applicationId ?? PORTAL,
        applicationDisplayName: actor.applicationId === undefined ? 'Microsoft Intune portal extension' : null,
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
