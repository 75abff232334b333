import { canonicalJson, textOf, type GraphBody } from '../store/graph-body.js';
import { graphTime } from '../store/graph-time.js';
import type { SeedGroup, SeedUser } from '../store/seed-tenant.js';
import { GROUP_DEFAULTS, USER_DEFAULTS } from './directory-defaults.js';

export type DirectoryKind = 'group' | 'user';

/** A group or user. `changed` is the directory's version at the last change of its own properties. */
export interface DirectoryObject {
  kind: DirectoryKind;
  sequence: number;
  id: string;
  body: GraphBody;
  changed: number;
}

/** `changed`: in the bin, can come back; `deleted`: gone for good. */
export type RemovalReason = 'changed' | 'deleted';

export interface Removal {
  kind: DirectoryKind;
  sequence: number;
  id: string;
  reason: RemovalReason;
  version: number;
}

export interface MembershipChange {
  memberId: string;
  added: boolean;
}

interface Membership {
  memberId: string;
  added: boolean;
  version: number;
}

/**
 * A tenant's groups and users with who is in which, and what changed since when: each change raises the version, and
 * delta tokens name one. Ids are matched without regard to case; a member may be named before it is added itself.
 */
export class DirectoryStore {
  private readonly objects: Record<DirectoryKind, Map<string, DirectoryObject>> = { group: new Map(), user: new Map() };
  private readonly removed = new Map<string, Removal>();
  private readonly memberships = new Map<string, Map<string, Membership>>();
  /** Version of the last change of a group's members. */
  private readonly membersChanged = new Map<string, number>();
  private readonly roles = new Map<string, readonly string[]>();
  private currentVersion = 0;
  private sequence = 0;
  private currentGeneration = 0;

  constructor(private readonly now: () => number) {}

  /** Adds a group or puts another in its place; `members` are ids and become its members where they are given. */
  addGroup(group: SeedGroup): DirectoryObject {
    const { members, ...own } = group;
    const before = this.find('group', group.id)?.body;
    const createdDateTime = before?.createdDateTime ?? graphTime(this.now());
    const stored = this.put('group', { ...GROUP_DEFAULTS, createdDateTime, ...own });
    if (Array.isArray(members)) this.setMembers(group.id, members.map(String));
    return stored;
  }

  /** Adds a user or puts another in its place. */
  addUser(user: SeedUser): DirectoryObject {
    const { directoryRoles, ...own } = user;
    if (directoryRoles !== undefined) this.roles.set(user.id.toLowerCase(), directoryRoles);
    const given = Object.entries(own).filter(([, value]) => value !== undefined);
    return this.put('user', { ...USER_DEFAULTS, ...Object.fromEntries(given) } as GraphBody & { id: string });
  }

  /** Sets properties; undefined when there is no such object. */
  change(kind: DirectoryKind, id: string, changes: GraphBody): DirectoryObject | undefined {
    const before = this.find(kind, id);
    return before === undefined ? undefined : this.put(kind, { ...before.body, ...changes, id: before.id });
  }

  /** False when there is no such object. Its memberships go with it. */
  remove(kind: DirectoryKind, id: string, reason?: RemovalReason): boolean {
    const object = this.find(kind, id);
    if (object === undefined) return false;
    for (const group of this.groupsOf(object.id)) this.removeMember(group.id, object.id);
    const key = object.id.toLowerCase();
    this.objects[kind].delete(key);
    this.memberships.delete(key);
    const version = this.nextVersion();
    this.removed.set(key, {
      kind,
      sequence: object.sequence,
      id: object.id,
      reason: reason ?? usualReason(object),
      version,
    });
    return true;
  }

  list(kind: DirectoryKind): DirectoryObject[] {
    return [...this.objects[kind].values()];
  }

  /** By id; a user by its principal name, too. */
  find(kind: DirectoryKind, id: string): DirectoryObject | undefined {
    const found = this.objects[kind].get(id.toLowerCase());
    if (found !== undefined || kind === 'group' || !id.includes('@')) return found;
    return this.list('user').find(({ body }) => textOf(body, 'userPrincipalName')?.toLowerCase() === id.toLowerCase());
  }

  /** Users: what Graph measures a tenant's size by. */
  size(): number {
    return this.objects.user.size;
  }

  /** Names of a user's directory roles; undefined where the seed says nothing, which stands for an administrator. */
  rolesOf(userId: string): readonly string[] | undefined {
    return this.roles.get(userId.toLowerCase());
  }

  /** The members become exactly these. */
  setMembers(groupId: string, memberIds: readonly string[]): void {
    const wanted = new Set(memberIds.map((id) => id.toLowerCase()));
    for (const { memberId, added } of [...this.membershipsOf(groupId).values()])
      if (added && !wanted.has(memberId.toLowerCase())) this.removeMember(groupId, memberId);
    for (const memberId of memberIds) this.addMember(groupId, memberId);
  }

  /** False when it is a member already. */
  addMember(groupId: string, memberId: string): boolean {
    return this.setMembership(groupId, memberId, true);
  }

  /** False when it is no member. */
  removeMember(groupId: string, memberId: string): boolean {
    return this.setMembership(groupId, memberId, false);
  }

  /** Direct members that exist, in the order in which they came. */
  membersOf(groupId: string): DirectoryObject[] {
    return [...this.membershipsOf(groupId).values()].flatMap(({ memberId, added }) => {
      const member = added ? (this.find('user', memberId) ?? this.find('group', memberId)) : undefined;
      return member === undefined ? [] : [member];
    });
  }

  /** Members of the group and of the groups in it, each once. */
  transitiveMembersOf(groupId: string): DirectoryObject[] {
    const found = new Map<string, DirectoryObject>();
    const visit = (id: string) => {
      for (const member of this.membersOf(id)) {
        if (found.has(member.id)) continue;
        found.set(member.id, member);
        if (member.kind === 'group') visit(member.id);
      }
    };
    visit(groupId);
    return [...found.values()];
  }

  /** Groups that the object is a direct member of. */
  groupsOf(memberId: string): DirectoryObject[] {
    const key = memberId.toLowerCase();
    return this.list('group').filter((group) => this.memberships.get(group.id.toLowerCase())?.get(key)?.added === true);
  }

  /** Groups that the object is in, by itself or through another group, each once. */
  transitiveGroupsOf(memberId: string): DirectoryObject[] {
    const found = new Map<string, DirectoryObject>();
    const visit = (id: string) => {
      for (const group of this.groupsOf(id)) {
        if (found.has(group.id)) continue;
        found.set(group.id, group);
        visit(group.id);
      }
    };
    visit(memberId);
    return [...found.values()];
  }

  /** Grows with every change. */
  version(): number {
    return this.currentVersion;
  }

  /** Objects whose properties or members changed after a version. */
  changedSince(kind: DirectoryKind, version: number): DirectoryObject[] {
    return this.list(kind).filter(
      ({ changed, id }) => changed > version || (this.membersChanged.get(id.toLowerCase()) ?? 0) > version,
    );
  }

  removals(kind: DirectoryKind, since: number): Removal[] {
    return [...this.removed.values()].filter((removal) => removal.kind === kind && removal.version > since);
  }

  /** Members that came or went after a version; after version 0, those that are there. */
  membershipChanges(groupId: string, since: number): MembershipChange[] {
    return [...this.membershipsOf(groupId).values()]
      .filter(({ version, added }) => version > since && (added || since > 0))
      .map(({ memberId, added }) => ({ memberId, added }));
  }

  /** Delta tokens of another generation are refused with 410. */
  generation(): number {
    return this.currentGeneration;
  }

  expireTokens(): void {
    this.currentGeneration += 1;
  }

  private put(kind: DirectoryKind, body: GraphBody & { id: string }): DirectoryObject {
    const key = body.id.toLowerCase();
    const before = this.objects[kind].get(key);
    if (before !== undefined && canonicalJson(before.body) === canonicalJson(body)) return before;
    const sequence = before?.sequence ?? (this.sequence += 1);
    const object: DirectoryObject = { kind, sequence, id: body.id, body, changed: this.nextVersion() };
    this.objects[kind].set(key, object);
    this.removed.delete(key);
    return object;
  }

  private setMembership(groupId: string, memberId: string, added: boolean): boolean {
    const members = this.membershipsOf(groupId);
    const key = memberId.toLowerCase();
    if ((members.get(key)?.added ?? false) === added) return false;
    members.delete(key);
    const version = this.nextVersion();
    members.set(key, { memberId, added, version });
    this.membersChanged.set(groupId.toLowerCase(), version);
    this.memberships.set(groupId.toLowerCase(), members);
    return true;
  }

  private membershipsOf(groupId: string): Map<string, Membership> {
    return this.memberships.get(groupId.toLowerCase()) ?? new Map<string, Membership>();
  }

  private nextVersion(): number {
    this.currentVersion += 1;
    return this.currentVersion;
  }
}

/** A Microsoft 365 group and a user go to the bin first; a security group is gone. */
function usualReason({ kind, body }: DirectoryObject): RemovalReason {
  const unified = Array.isArray(body.groupTypes) && body.groupTypes.includes('Unified');
  return kind === 'user' || unified ? 'changed' : 'deleted';
}
