import type { CollectionKey } from '../../graph/collections.js';
import type { GraphBody } from '../../store/graph-body.js';
import { stableGuid } from '../../store/stable-id.js';
import type { AssignmentPlan } from './assignment-deck.js';
import type { Dice } from './dice.js';
import type { Audience, Directory, GroupKind } from './groups.js';

const ALL_DEVICES = 'adadadad-808e-44e2-905a-0b7873a8a531';
const ALL_USERS = 'acacacac-9df4-4c7d-9d50-4ef0226f57a9';

/** A target, and the id that assignment ids name it by. */
interface Place {
  id: string;
  excluded: boolean;
  target: GraphBody;
}

export interface AssignmentRule {
  audience: Audience;
  /** A filter of these that the plan asks for; none where the type knows no filters. */
  filters?: readonly string[];
  /** Whether all devices or all users can be chosen; app protection takes groups alone. */
  everyone?: boolean;
  /** More of each assignment, such as an app's intent. */
  extra?: (excluded: boolean) => GraphBody;
}

/** Chooses groups so that in the end every group in use is used, some of them often. */
export class Assigner {
  private readonly untouched: Record<GroupKind, string[]>;
  private deleted = 0;

  constructor(
    private readonly tenant: string,
    private readonly directory: Directory,
    private readonly dice: Dice,
  ) {
    const ids = (kind: GroupKind) => dice.shuffled(directory.inUse[kind].map((group) => group.id));
    this.untouched = {
      windows: ids('windows'),
      apple: ids('apple'),
      android: ids('android'),
      users: ids('users'),
      exclusions: ids('exclusions'),
    };
  }

  /** The assignments of an object, empty where the plan leaves it unassigned. */
  assignments(collection: CollectionKey, id: string, plan: AssignmentPlan, rule: AssignmentRule): GraphBody[] {
    if (!plan.assigned) return [];
    return this.places(plan, rule).map((place, at) => ({
      ...assignmentBody(collection, id, place, at),
      ...rule.extra?.(place.excluded),
    }));
  }

  /** A group of a kind that is in use; one that nothing names yet while there are any, in seven of ten cases. */
  group(kind: GroupKind): string {
    const untouched = this.untouched[kind];
    if (untouched.length > 0 && this.dice.chance(0.7)) return untouched.pop() as string;
    const pool = this.directory.inUse[kind];
    const popular = Math.floor(pool.length * this.dice.next() ** 2);
    const id = pool[popular]?.id ?? this.dice.pick(this.directory.groups).id;
    const at = untouched.indexOf(id);
    if (at >= 0) untouched.splice(at, 1);
    return id;
  }

  /** The groups in use that nothing names so far; they count as named from here on. */
  takeUntouched(): string[] {
    return Object.values(this.untouched).flatMap((ids) => ids.splice(0));
  }

  /** One more group for an object that is assigned already. */
  oneMore(collection: CollectionKey, id: string, group: string, at: number): GraphBody {
    return assignmentBody(collection, id, groupPlace(group, NO_FILTER), at);
  }

  private places(plan: AssignmentPlan, rule: AssignmentRule): Place[] {
    const filters = plan.filter ? (rule.filters ?? []) : [];
    const filter: GraphBody =
      filters.length === 0
        ? NO_FILTER
        : {
            deviceAndAppManagementAssignmentFilterId: this.dice.pick(filters),
            deviceAndAppManagementAssignmentFilterType: this.dice.chance(0.8) ? 'include' : 'exclude',
          };
    const places: Place[] = [];
    if (plan.deletedGroup) places.push(groupPlace(this.deletedGroup(), NO_FILTER));
    if (places.length === 0 && rule.everyone !== false && this.dice.chance(0.3)) {
      places.push(everyone(rule.audience, filter));
    } else {
      const wanted = this.dice.pick([1, 1, 1, 2, 2, 3]);
      const ids = new Set(Array.from({ length: wanted }, () => this.group(rule.audience)));
      for (const id of ids) places.push(groupPlace(id, filter));
    }
    if (plan.exclusion) {
      const id = this.group('exclusions');
      const target = { '@odata.type': '#microsoft.graph.exclusionGroupAssignmentTarget', ...NO_FILTER, groupId: id };
      places.push({ id, excluded: true, target });
    }
    return places;
  }

  private deletedGroup(): string {
    this.deleted += 1;
    return stableGuid(`${this.tenant} deleted group ${this.deleted % 9}`);
  }
}

const NO_FILTER: GraphBody = {
  deviceAndAppManagementAssignmentFilterId: null,
  deviceAndAppManagementAssignmentFilterType: 'none',
};

function groupPlace(id: string, filter: GraphBody): Place {
  return {
    id,
    excluded: false,
    target: { '@odata.type': '#microsoft.graph.groupAssignmentTarget', ...filter, groupId: id },
  };
}

function everyone(audience: Audience, filter: GraphBody): Place {
  const [id, type] =
    audience === 'users'
      ? [ALL_USERS, 'allLicensedUsersAssignmentTarget']
      : [ALL_DEVICES, 'allDevicesAssignmentTarget'];
  return { id, excluded: false, target: { '@odata.type': `#microsoft.graph.${type}`, ...filter } };
}

const ZERO = '00000000-0000-0000-0000-000000000000';
const SCRIPTS: ReadonlySet<CollectionKey> = new Set([
  'deviceManagementScripts',
  'deviceShellScripts',
  'deviceCustomAttributeShellScripts',
  'deviceHealthScripts',
  'deviceComplianceScripts',
]);
const APP_PROTECTION: ReadonlySet<CollectionKey> = new Set([
  'iosManagedAppProtections',
  'androidManagedAppProtections',
  'windowsManagedAppProtections',
  'targetedManagedAppConfigurations',
]);
/** Whose assignments say whether they come from a policy set. */
const WITH_SOURCE: ReadonlySet<CollectionKey> = new Set([
  'configurationPolicies',
  'compliancePolicies',
  'deviceConfigurations',
  'deviceCompliancePolicies',
  'deviceEnrollmentConfigurations',
  'mobileApps',
  'windowsAutopilotDeploymentProfiles',
]);

/** Whose assignments carry a date. */
const WITH_MODIFIED: ReadonlySet<CollectionKey> = new Set(['groupPolicyConfigurations', 'policySets']);

/** Forms of assignment ids: the Graph contract's `assignmentIdFormats`. */
function assignmentBody(collection: CollectionKey, id: string, place: Place, at: number): GraphBody {
  const { target } = place;
  if (SCRIPTS.has(collection)) return { id: `${id}:${place.id}`, target };
  if (APP_PROTECTION.has(collection)) {
    return { id: `${place.id}_${place.excluded ? 'excl' : 'incl'}`, source: 'direct', sourceId: ZERO, target };
  }
  return {
    id: collection === 'mobileApps' ? `${place.id}_${at}_0` : `${id}_${place.id}`,
    ...(WITH_SOURCE.has(collection) && { source: 'direct', sourceId: id }),
    ...(collection === 'deviceConfigurations' && { intent: 'apply' }),
    ...(WITH_MODIFIED.has(collection) && { lastModifiedDateTime: '2024-06-03T11:20:05.1234567Z' }),
    target,
  };
}
