import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Role } from '#libs/access-model/src/permissions.js';
import type { Principal } from '../../../platform/access/access.decorator.js';
import { AuditTrail } from '../../../platform/audit/audit-trail.js';
import { SETTINGS, type Settings } from '../../../platform/config/settings.js';
import { Database } from '../../../platform/database/database.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { AccessDenied } from '../../../platform/errors/domain-error.js';
import { isUuid } from '../../../platform/http/parse-id.js';
import { InvitationRepository, type InvitationRow } from '../data/invitation.repository.js';
import { tokenHash } from '../one-time-token.js';
import type { InvitationView } from './member.js';
import { TooManyInvitations } from './members.errors.js';
import { actorOf } from './members.service.js';

export const INVITATION_DAYS = 7;
export const MOST_INVITATIONS = 100;

/** Recognisable, so that secret scanners find one that was leaked. */
const PREFIX = 'tai_';

/** The open invitations of a tenant. Joins the transaction that is open around the caller. */
@Injectable()
export class InvitationsService {
  constructor(
    private readonly database: Database,
    private readonly invitations: InvitationRepository,
    private readonly audit: AuditTrail,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Newest first, those that have run out too. */
  async list(scope: TenantScope): Promise<InvitationView[]> {
    return (await this.invitations.list(scope, MOST_INVITATIONS)).map(viewOf);
  }

  /**
   * Makes an invitation; an earlier one for the address is worth nothing then. Its link is answered here and never
   * again. The token stands behind the `#`, which a browser sends to no server and in no referrer.
   * @throws TooManyInvitations
   */
  async invite(
    scope: TenantScope,
    user: Principal,
    { email, role }: { email: string; role: Role },
  ): Promise<{ invitation: InvitationView; link: string }> {
    const token = `${PREFIX}${randomBytes(32).toString('base64url')}`;
    const row = await this.invitations.save(
      scope,
      {
        email,
        role,
        tokenHash: tokenHash(token),
        invitedBy: user.userId,
        invitedByName: user.name,
        daysValid: INVITATION_DAYS,
      },
      MOST_INVITATIONS,
    );
    if (row === undefined) throw new TooManyInvitations(MOST_INVITATIONS);
    await this.record(scope, user, 'create', row);
    return { invitation: viewOf(row), link: `${this.settings.publicUrl}/invitation#${token}` };
  }

  /** @throws AccessDenied for an invitation that is not this tenant's */
  revoke(scope: TenantScope, user: Principal, id: string): Promise<void> {
    return this.database.transaction(async () => {
      const removed = isUuid(id) ? await this.invitations.remove(scope, id) : undefined;
      if (removed === undefined) throw new AccessDenied();
      await this.record(scope, user, 'revoke', { id, ...removed });
    });
  }

  private record(
    scope: TenantScope,
    user: Principal,
    verb: 'create' | 'revoke',
    { id, email, role }: { id: string; email: string; role: Role },
  ): Promise<void> {
    const subject = { subjectType: 'invitation', subjectId: id, subjectName: email };
    const change = verb === 'create' ? { after: { role } } : { before: { role } };
    return this.audit.append(scope, actorOf(user), { action: `invitation.${verb}`, ...subject, change });
  }
}

function viewOf({ createdAt, expiresAt, ...row }: InvitationRow): InvitationView {
  return { ...row, createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() };
}
