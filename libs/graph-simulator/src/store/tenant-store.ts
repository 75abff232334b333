import { collectionOf, COLLECTIONS, type CollectionKey } from '../graph/collections.js';
import { DirectoryStore } from '../directory/directory-store.js';
import { AuditTrail, type Actor, type AuditOperation } from './audit-trail.js';
import { bodiesOf, canonicalJson, without, type GraphBody } from './graph-body.js';
import { graphTime } from './graph-time.js';
import { GroupPolicyCatalogue } from './group-policy-catalogue.js';
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

/** A policy in the bin: its body has `deletedDateTime`. */
export interface DeletedPolicy extends StoredPolicy {
  /** Milliseconds since 1970. */
  deletedAt: number;
}

/** How long the bin keeps a policy. */
const BIN_MS = 30 * 24 * 3600 * 1000;

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
  readonly directory: DirectoryStore;
  private readonly policies = new Map<string, StoredPolicy>();
  private readonly groupPolicies = new GroupPolicyCatalogue();
  private readonly bin = new Map<string, DeletedPolicy>();
  private sequence = 0;

  constructor(
    seed: SeedTenant,
    private readonly now: () => number,
  ) {
    this.entraTenantId = seed.entraTenantId;
    this.name = seed.name;
    this.apps = seed.apps;
    this.users = seed.users;
    this.audit = new AuditTrail(now);
    this.directory = new DirectoryStore(now);
    for (const user of seed.users) this.directory.addUser(user);
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

  /** Policies of every type, in the order in which they came. */
  everything(): StoredPolicy[] {
    return [...this.policies.values()];
  }

  /** The definition of an administrative template, with its presentations: the tenant's own, or one that a policy uses or used. */
  groupPolicyDefinition(id: string): GraphBody | undefined {
    const own = this.policy(id);
    return own?.collection === 'groupPolicyDefinitions' ? own.body : this.groupPolicies.find(id);
  }

  /** Every definition of {@link groupPolicyDefinition}. */
  groupPolicyDefinitions(): GraphBody[] {
    const own = this.list('groupPolicyDefinitions').map(({ body }) => body);
    return [...own, ...this.groupPolicies.all().filter(({ id }) => !own.some((body) => body.id === id))];
  }

  groups(): StoredObject[] {
    return this.directory.list('group');
  }

  /** How many policies there are of each type. */
  counts(): Record<CollectionKey, number> {
    const pairs = COLLECTIONS.map((spec) => [spec.key, this.list(spec.key).length] as const);
    return Object.fromEntries(pairs) as Record<CollectionKey, number>;
  }

  /** Adds a policy, or puts another body in the place of one; `operation` is what the audit event of a change says. */
  write(object: SeedObject, actor: Actor, operation: AuditOperation = 'Patch'): 'added' | 'updated' | 'unchanged' {
    const before = this.policy(object.body.id);
    if (before !== undefined && canonicalJson(before.body) === canonicalJson(withComputed(object))) return 'unchanged';
    const after = this.put(object);
    const spec = collectionOf(object.collection);
    this.audit.record(before === undefined ? 'Create' : operation, spec, before?.body, after.body, actor);
    return before === undefined ? 'added' : 'updated';
  }

  /** False when there is no such policy. */
  delete(id: string, actor: Actor): boolean {
    const policy = this.policy(id);
    if (policy === undefined) return false;
    this.policies.delete(id.toLowerCase());
    if (collectionOf(policy.collection).writes?.softDelete === true) this.throwAway(policy);
    this.audit.record('Delete', collectionOf(policy.collection), policy.body, undefined, actor);
    return true;
  }

  /** Policies of a type that can still come back, in the order in which they went. */
  deleted(collection: CollectionKey): DeletedPolicy[] {
    const oldest = this.now() - BIN_MS;
    for (const [key, { deletedAt }] of this.bin) if (deletedAt < oldest) this.bin.delete(key);
    return [...this.bin.values()].filter((policy) => policy.collection === collection);
  }

  /** Takes a policy out of the bin, back among the others or for good; undefined when it is not there. */
  undelete(collection: CollectionKey, id: string, actor: Actor | undefined): StoredPolicy | undefined {
    const found = this.deleted(collection).find((policy) => policy.id.toLowerCase() === id.toLowerCase());
    if (found === undefined) return undefined;
    this.bin.delete(found.id.toLowerCase());
    if (actor === undefined) return found;
    this.write({ collection, body: { ...without(found.body, ['deletedDateTime']), id: found.id } }, actor);
    return this.policy(found.id);
  }

  private throwAway(policy: StoredPolicy): void {
    const deletedAt = this.now();
    const body = { ...policy.body, deletedDateTime: graphTime(deletedAt) };
    this.bin.set(policy.id.toLowerCase(), { ...policy, body, deletedAt });
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
    for (const group of groups) this.directory.addGroup(group);
  }

  private put(object: SeedObject): StoredPolicy {
    const sequence = this.policy(object.body.id)?.sequence ?? this.nextSequence();
    const body = withComputed(object);
    const stored: StoredPolicy = { sequence, collection: object.collection, id: body.id, body };
    this.policies.set(body.id.toLowerCase(), stored);
    if (object.collection === 'groupPolicyConfigurations') this.groupPolicies.learn(body);
    return stored;
  }

  private nextSequence(): number {
    this.sequence += 1;
    return this.sequence;
  }
}

const settingCount = (body: GraphBody): GraphBody => ({
  settingCount: bodiesOf(body, 'settings').length,
  // Exports do not have it: the service tells it at times only.
  ...(body.isAssigned === undefined ? {} : { isAssigned: isAssigned(body) }),
});
const assigned = (body: GraphBody): GraphBody => ({ isAssigned: isAssigned(body) });
const assignedApps = (body: GraphBody): GraphBody => ({
  isAssigned: isAssigned(body),
  deployedAppCount: bodiesOf(body, 'apps').length,
});

/** Fields that the service counts itself follow the content, whatever the export says. */
const COMPUTED: Partial<Record<CollectionKey, (body: GraphBody) => GraphBody>> = {
  configurationPolicies: settingCount,
  compliancePolicies: settingCount,
  inventoryPolicies: settingCount,
  iosManagedAppProtections: assignedApps,
  androidManagedAppProtections: assignedApps,
  windowsManagedAppProtections: assignedApps,
  targetedManagedAppConfigurations: assignedApps,
  mobileApps: assigned,
  intents: assigned,
  mdmWindowsInformationProtectionPolicies: assigned,
  windowsInformationProtectionPolicies: assigned,
  policySets: (body) => ({ status: isAssigned(body) ? (body.status ?? 'success') : 'notAssigned' }),
};

function withComputed({ collection, body }: SeedObject): GraphBody & { id: string } {
  return { ...body, ...COMPUTED[collection]?.(body), id: body.id };
}

function isAssigned(body: GraphBody): boolean {
  return bodiesOf(body, 'assignments').length > 0;
}
