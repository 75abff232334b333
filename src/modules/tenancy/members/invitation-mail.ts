import { Injectable } from '@nestjs/common';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { Mailer, type MailResult } from '../../../platform/mail/mailer.js';
import { TenantRepository } from '../data/tenant.repository.js';
import { INVITATION_DAYS } from './invitations.service.js';
import type { InvitationView } from './member.js';

/** Tells a person that he is invited, where this installation sends mail. */
@Injectable()
export class InvitationMail {
  constructor(
    private readonly tenants: TenantRepository,
    private readonly mailer: Mailer,
  ) {}

  async send(
    scope: TenantScope,
    { invitation, link }: { invitation: InvitationView; link: string },
  ): Promise<MailResult> {
    const name = (await this.tenants.find(scope))?.name ?? 'a tenant';
    return this.mailer.send({
      to: invitation.email,
      subject: `You are invited to ${name} in TenantAtlas`,
      paragraphs: [
        `${invitation.invitedByName} invites you to the tenant “${name}” in TenantAtlas, with the role ${invitation.role}.`,
        `Accept the invitation: ${link}`,
        `The link works once, for ${INVITATION_DAYS} days. If you did not expect it, ignore this message: nothing happens without you.`,
      ],
    });
  }
}
