import { collectionOf, COLLECTIONS, type CollectionKey } from '../graph/collections.js';
import { AuditTrail, type Actor } from './audit-trail.js';
import { bodiesOf, canonicalJson, type GraphBody } from './graph-body.js';
import type { SeedApp, SeedGroup, SeedObject, SeedTenant, SeedUser } from './seed-tenant.js';

/** An object in the store. `sequence` grows with each object added: pages continue after it, whatever is added or deleted meanwhile. */
export interface StoredObject {
  sequence: number;
  id: string;
  body: GraphBody;
}

export interface StoredPolicy extends StoredObject {
  collection: CollectionKey;
}

export interface ContentCounts {
  added: number;
  updated: number;
  deleted: number;
  unchanged: number;
}

/** One simulated directory with its apps, groups and policies. Ids are unique in it and matched without regard to case. */
export class TenantStore {
  readonly entraTenantId: string;
  readonly name: string;
  readonly apps: readonly SeedApp[];
  readonly users: readonly SeedUser[];
  readonly audit: AuditTrail;
  private readonly policies = new Map<string, StoredPolicy>();
  private readonly groupsById = new Map<string, StoredObject>();
  private sequence = 0;

  constructor(seed: SeedTenant, now: () => number) {
    this.entraTenantId = seed.entraTenantId;
    this.name = seed.name;
    this.apps = seed.apps;
    this.users = seed.users;
    this.audit = new AuditTrail(now);
    for (const object of seed.objects) this.put(object);
    this.putGroups(seed.groups);
  }

  /** Policies of a type, in the order in which they came. */
  list(collection: CollectionKey): StoredPolicy[] {
    return [...this.policies.values()].filter((policy) => policy.collection === collection);
  }

  policy(id: string): StoredPolicy | undefined {
    return this.policies.get(id.toLowerCase());
  }

  groups(): StoredObject[] {
    return [...this.groupsById.values()];
  }

  group(id: string): StoredObject | undefined {
    return this.groupsById.get(id.toLowerCase());
  }

  /** How many policies there are of each type. */
  counts(): Record<CollectionKey, number> {
    const pairs = COLLECTIONS.map((spec) => [spec.key, this.list(spec.key).length] as const);
    return Object.fromEntries(pairs) as Record<CollectionKey, number>;
  }

  /** Adds a policy, or puts another body in the place of one. */
  write(object: SeedObject, actor: Actor): 'added' | 'updated' | 'unchanged' {
    const before = this.policy(object.body.id);
    if (before !== undefined && canonicalJson(before.body) === canonicalJson(withComputed(object))) return 'unchanged';
    const after = this.put(object);
    const spec = collectionOf(object.collection);
    this.audit.record(before === undefined ? 'Create' : 'Patch', spec, before?.body, after.body, actor);
    return before === undefined ? 'added' : 'updated';
  }

  /** False when there is no such policy. */
  delete(id: string, actor: Actor): boolean {
    const policy = this.policy(id);
    if (policy === undefined) return false;
    this.policies.delete(id.toLowerCase());
    this.audit.record('Delete', collectionOf(policy.collection), policy.body, undefined, actor);
    return true;
  }

  /** The tenant's policies become exactly these; each change is audited. */
  replaceContent(objects: readonly SeedObject[], actor: Actor): ContentCounts {
    const counts: ContentCounts = { added: 0, updated: 0, deleted: 0, unchanged: 0 };
    const kept = new Set(objects.map((object) => object.body.id.toLowerCase()));
    for (const id of [...this.policies.keys()].filter((key) => !kept.has(key))) {
      this.delete(id, actor);
      counts.deleted += 1;
    }
    for (const object of objects) counts[this.write(object, actor)] += 1;
    return counts;
  }

  /** Adds groups or puts others in their place; none is taken away. */
  putGroups(groups: readonly SeedGroup[]): void {
    for (const group of groups) {
      const sequence = this.group(group.id)?.sequence ?? this.nextSequence();
      this.groupsById.set(group.id.toLowerCase(), { sequence, id: group.id, body: { ...GROUP_DEFAULTS, ...group } });
    }
  }

  private put(object: SeedObject): StoredPolicy {
    const sequence = this.policy(object.body.id)?.sequence ?? this.nextSequence();
    const body = withComputed(object);
    const stored: StoredPolicy = { sequence, collection: object.collection, id: body.id, body };
    this.policies.set(body.id.toLowerCase(), stored);
    return stored;
  }

  private nextSequence(): number {
    this.sequence += 1;
    return this.sequence;
  }
}

/** What Graph shows of a security group for which nothing else was set. */
const GROUP_DEFAULTS: GraphBody = {
  description: null,
  groupTypes: [],
  mail: null,
  mailEnabled: false,
  mailNickname: null,
  membershipRule: null,
  onPremisesSyncEnabled: null,
  securityEnabled: true,
  visibility: null,
};

/** Fields that the service counts itself follow the content, whatever the export says. */
function withComputed(object: SeedObject): GraphBody & { id: string } {
  switch (object.collection) {
    case 'configurationPolicies':
      return { ...object.body, settingCount: bodiesOf(object.body, 'settings').length };
    case 'iosManagedAppProtections':
    case 'androidManagedAppProtections':
      return {
        ...object.body,
        isAssigned: bodiesOf(object.body, 'assignments').length > 0,
        deployedAppCount: bodiesOf(object.body, 'apps').length,
      };
    case 'deviceConfigurations':
    case 'deviceCompliancePolicies':
    case 'windowsDriverUpdateProfiles':
      return object.body;
  }
}
