import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../platform/access/access.decorator.js';
import { AuditBatch } from '../../../platform/audit/audit-batch.js';
import { InvitationRepository } from '../data/invitation.repository.js';
import { MemberRepository } from '../data/member.repository.js';
import { tokenHash } from '../one-time-token.js';
import { InvitationInvalid } from './members.errors.js';
import { actorOf } from './members.service.js';

/** The moment in which an invitation becomes a membership. Joins the transaction that is open around the caller. */
@Injectable()
export class InvitationJoining {
  constructor(
    private readonly invitations: InvitationRepository,
    private readonly members: MemberRepository,
    private readonly audit: AuditBatch,
  ) {}

  /** Uses the invitation up and makes the person a member; answers the tenant. @throws InvitationInvalid */
  async join(token: string, user: Principal): Promise<string> {
    const taken = await this.invitations.take(tokenHash(token));
    if (taken === undefined) throw new InvitationInvalid();
    const { id, tenantId, role } = taken;
    await this.members.add(tenantId, user.userId, role);
    const subject = { subjectType: 'invitation', subjectId: id, subjectName: user.email };
    const entry = { action: 'invitation.accept', ...subject, change: { after: { role } } };
    await this.audit.append([{ tenantId, actor: actorOf(user), entry }]);
    return tenantId;
  }
}
