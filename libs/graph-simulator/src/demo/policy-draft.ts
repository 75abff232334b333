import type { CollectionKey } from '../graph/collections.js';
import type { GraphBody } from '../store/graph-body.js';
import { graphTime } from '../store/graph-time.js';
import type { SeedObject } from '../store/seed-tenant.js';
import { stableGuid } from '../store/stable-id.js';

/** Whom a policy is assigned to; groups by display name. */
export type Target =
  { to: 'group' | 'exclude'; group: string; filter?: string } | { to: 'devices' | 'users'; filter?: string };

/** Collections that drafts are made for. */
export type DraftCollection = Extract<
  CollectionKey,
  | 'configurationPolicies'
  | 'deviceConfigurations'
  | 'deviceCompliancePolicies'
  | 'windowsDriverUpdateProfiles'
  | 'iosManagedAppProtections'
  | 'androidManagedAppProtections'
>;

/** A policy before it has an id, dates and assignments. */
export interface PolicyDraft {
  collection: DraftCollection;
  /** Unique in its collection and tenant, unlike the name: ids are made of it. */
  key: string;
  body: GraphBody;
  targets: Target[];
}

const DAY = 86_400_000;
const FIRST_DAY = Date.UTC(2024, 0, 8);

/** Id of a demo group; the same for a name that the tenant no longer has, as assignments outlive their group. */
export function groupId(tenant: string, name: string): string {
  return stableGuid(`${tenant} group ${name}`);
}

/** The whole policy; every generated value depends on the tenant and the draft's key alone. */
export function build(tenant: string, draft: PolicyDraft): SeedObject {
  const seed = `${tenant} ${draft.collection} ${draft.key}`;
  const guid = stableGuid(seed);
  const managedApp =
    draft.collection === 'iosManagedAppProtections' || draft.collection === 'androidManagedAppProtections';
  const id = managedApp ? `T_${guid}` : guid;
  const created =
    FIRST_DAY + (parseInt(guid.slice(0, 6), 16) % 420) * DAY + (parseInt(guid.slice(9, 13), 16) % 720) * 60_000;
  const modified = created + (parseInt(guid.slice(24, 28), 16) % 90) * DAY;
  return {
    collection: draft.collection,
    body: {
      ...draft.body,
      id,
      createdDateTime: graphTime(created),
      lastModifiedDateTime: graphTime(modified),
      roleScopeTagIds: ['0'],
      assignments: draft.targets.map((target) => assignment(tenant, draft.collection, id, target)),
      ...children(draft, id, guid),
    },
  };
}

function children(draft: PolicyDraft, id: string, guid: string): GraphBody {
  switch (draft.collection) {
    case 'deviceCompliancePolicies':
      return {
        version: 1,
        scheduledActionsForRule: [
          {
            id,
            ruleName: null,
            scheduledActionConfigurations: [
              {
                id: stableGuid(`${guid} block`),
                gracePeriodHours: 24,
                actionType: 'block',
                notificationTemplateId: '00000000-0000-0000-0000-000000000000',
                notificationMessageCCList: [],
              },
            ],
          },
        ],
      };
    case 'deviceConfigurations':
      return { version: 1 };
    case 'iosManagedAppProtections':
    case 'androidManagedAppProtections':
      return { version: `"${stableGuid(`${guid} version`)}"` };
    case 'configurationPolicies':
    case 'windowsDriverUpdateProfiles':
      return {};
  }
}

function assignment(tenant: string, collection: DraftCollection, policyId: string, target: Target): GraphBody {
  const place = targetId(tenant, target);
  const body: GraphBody = { id: `${policyId}_${place}`, target: targetBody(tenant, target) };
  switch (collection) {
    case 'deviceConfigurations':
      return { ...body, source: 'direct', sourceId: policyId, intent: 'apply' };
    case 'configurationPolicies':
    case 'deviceCompliancePolicies':
      return { ...body, source: 'direct', sourceId: policyId };
    case 'iosManagedAppProtections':
    case 'androidManagedAppProtections':
      return {
        ...body,
        id: `${place}_${target.to === 'exclude' ? 'excl' : 'incl'}`,
        source: 'direct',
        sourceId: '00000000-0000-0000-0000-000000000000',
      };
    case 'windowsDriverUpdateProfiles':
      return body;
  }
}

/** All devices and all users have ids of their own, the same in every tenant. */
function targetId(tenant: string, target: Target): string {
  switch (target.to) {
    case 'group':
    case 'exclude':
      return groupId(tenant, target.group);
    case 'devices':
      return 'adadadad-808e-44e2-905a-0b7873a8a531';
    case 'users':
      return 'acacacac-9df4-4c7d-9d50-4ef0226f57a9';
  }
}

function targetBody(tenant: string, target: Target): GraphBody {
  const filter: GraphBody = {
    deviceAndAppManagementAssignmentFilterId:
      target.filter === undefined ? null : stableGuid(`${tenant} filter ${target.filter}`),
    deviceAndAppManagementAssignmentFilterType: target.filter === undefined ? 'none' : 'include',
  };
  switch (target.to) {
    case 'group':
      return {
        '@odata.type': '#microsoft.graph.groupAssignmentTarget',
        ...filter,
        groupId: groupId(tenant, target.group),
      };
    case 'exclude':
      return {
        '@odata.type': '#microsoft.graph.exclusionGroupAssignmentTarget',
        ...filter,
        groupId: groupId(tenant, target.group),
      };
    case 'devices':
      return { '@odata.type': '#microsoft.graph.allDevicesAssignmentTarget', ...filter };
    case 'users':
      return { '@odata.type': '#microsoft.graph.allLicensedUsersAssignmentTarget', ...filter };
  }
}
