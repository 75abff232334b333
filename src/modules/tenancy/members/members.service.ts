import { Injectable } from '@nestjs/common';
import { may, ROLES, type Role } from '#libs/access-model/src/permissions.js';
import { RoleRequired } from '../../../platform/access/access.guard.js';
import { AuditTrail } from '../../../platform/audit/audit-trail.js';
import type { Principal } from '../../../platform/access/access.decorator.js';
import { Database } from '../../../platform/database/database.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { AccessDenied } from '../../../platform/errors/domain-error.js';
import { decodeCursor, pageOf, type Page } from '../../../platform/http/page.js';
import { isUuid } from '../../../platform/http/parse-id.js';
import { AccessChanges } from '../../../platform/live/access-changes.js';
import { InvitationRepository } from '../data/invitation.repository.js';
import { MemberRepository, type MemberRow } from '../data/member.repository.js';
import type { MemberView } from './member.js';
import { AlreadyMember, LastOwner } from './members.errors.js';

export interface MembersRequest {
  role?: readonly Role[] | undefined;
  q?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

export interface MemberPage extends Page<MemberView> {
  /** Members of each role, whatever the filter. */
  counts: Record<Role, number>;
}

/** Who belongs to a tenant, and in which role. Every change is audited with it. */
@Injectable()
export class MembersService {
  constructor(
    private readonly database: Database,
    private readonly members: MemberRepository,
    private readonly invitations: InvitationRepository,
    private readonly audit: AuditTrail,
    private readonly access: AccessChanges,
  ) {}

  /** By name. E-mail addresses are shown to, and searched for, those alone who manage members. */
  async list(scope: TenantScope, callerRole: Role, request: MembersRequest): Promise<MemberPage> {
    const manages = may(callerRole, 'members:write');
    const after = decodeCursor(request.cursor, ['text', 'uuid']);
    const filter = {
      roles: request.role?.length === 0 ? undefined : request.role,
      text: request.q === '' ? undefined : request.q,
      inEmails: manages,
    };
    const [rows, counts] = await Promise.all([
      this.members.page(scope, filter, after, request.limit + 1),
      this.members.countByRole(scope),
    ]);
    const page = pageOf(
      rows,
      request.limit,
      (row) => [row.sortName, row.userId],
      (row) => memberView(row, manages),
    );
    const countOf = (role: Role): number => counts.find((each) => each.role === role)?.count ?? 0;
    return { ...page, counts: Object.fromEntries(ROLES.map((role) => [role, countOf(role)])) as Record<Role, number> };
  }

  /**
   * Makes a person a member whom the caller sees among the members of another tenant that he owns. Undefined for every
   * other address, with an account or without. Joins the transaction that is open around the caller.
   * @throws AlreadyMember, AccessDenied, RoleRequired
   */
  async addKnown(
    scope: TenantScope,
    user: Principal,
    { email, role }: { email: string; role: Role },
  ): Promise<MemberView | undefined> {
    await this.members.lock(scope);
    await this.demandManager(scope, user);
    if (await this.members.isMember(scope, email)) throw new AlreadyMember();
    const known = await this.members.knownTo(user.userId, email);
    if (known === undefined) return undefined;
    await this.members.add(scope.tenantId, known.id, role);
    const member = await this.members.find(scope, known.id);
    if (member === undefined) throw new Error('A membership that was just made is not there.');
    await this.audit.append(scope, actorOf(user), {
      action: 'member.add',
      ...subjectOf(member),
      change: { after: { role } },
    });
    return memberView(member, true);
  }

  /** @throws AccessDenied for a person who is no member; LastOwner; RoleRequired */
  async changeRole(scope: TenantScope, user: Principal, userId: string, role: Role): Promise<MemberView> {
    const member = await this.database.transaction(async () => {
      const before = await this.lockForChange(scope, user, userId);
      if (before.role === role) return before;
      await this.keepAnOwner(scope, before);
      await this.members.setRole(scope, before.userId, role);
      if (!may(role, 'members:write')) await this.invitations.removeOf(scope, before.userId);
      const change = { before: { role: before.role }, after: { role } };
      await this.audit.append(scope, actorOf(user), { action: 'member.change_role', ...subjectOf(before), change });
      return { ...before, role };
    });
    this.access.changed(member.userId);
    return memberView(member, true);
  }

  /**
   * Takes the tenant from a person at once: every request and every open stream asks for the membership.
   * @throws AccessDenied for a person who is no member; LastOwner; RoleRequired
   */
  async remove(scope: TenantScope, user: Principal, userId: string): Promise<void> {
    const removed = await this.database.transaction(async () => {
      const member = await this.lockForChange(scope, user, userId);
      await this.keepAnOwner(scope, member);
      await this.members.remove(scope, member.userId);
      await this.invitations.removeOf(scope, member.userId);
      const change = { before: { role: member.role } };
      await this.audit.append(scope, actorOf(user), { action: 'member.remove', ...subjectOf(member), change });
      return member;
    });
    this.access.changed(removed.userId);
  }

  /**
   * Has other changes of members wait and asks for the caller's role once more: it may have been taken from him since
   * the request came in, and he must not give it back to himself.
   */
  private async lockForChange(scope: TenantScope, user: Principal, userId: string): Promise<MemberRow> {
    await this.members.lock(scope);
    await this.demandManager(scope, user);
    const member = isUuid(userId) ? await this.members.find(scope, userId) : undefined;
    if (member === undefined) throw new AccessDenied();
    return member;
  }

  private async demandManager(scope: TenantScope, user: Principal): Promise<void> {
    const caller = await this.members.find(scope, user.userId);
    if (caller === undefined) throw new AccessDenied();
    if (!may(caller.role, 'members:write')) throw new RoleRequired('members:write', caller.role);
  }

  private async keepAnOwner(scope: TenantScope, member: MemberRow): Promise<void> {
    if (member.role === 'Owner' && !(await this.members.hasOtherOwner(scope, member.userId))) throw new LastOwner();
  }
}

function memberView({ userId, name, email, role, addedAt }: MemberRow, withEmail: boolean): MemberView {
  return { userId, name, email: withEmail ? email : null, role, addedAt: addedAt.toISOString() };
}

/** The caller in the audit trail. */
export function actorOf({ userId, name }: Principal): { kind: 'user'; userId: string; name: string } {
  return { kind: 'user', userId, name };
}

/** A member in the audit trail. */
function subjectOf({ userId, name }: { userId: string; name: string }): {
  subjectType: string;
  subjectId: string;
  subjectName: string;
} {
  return { subjectType: 'member', subjectId: userId, subjectName: name };
}
