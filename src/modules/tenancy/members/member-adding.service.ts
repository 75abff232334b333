import { Injectable } from '@nestjs/common';
import type { Role } from '#libs/access-model/src/permissions.js';
import type { Principal } from '../../../platform/access/access.decorator.js';
import { Database } from '../../../platform/database/database.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import type { MailResult } from '../../../platform/mail/mailer.js';
import { InvitationMail } from './invitation-mail.js';
import { InvitationThrottle } from './invitation-throttle.js';
import { InvitationsService } from './invitations.service.js';
import type { InvitationView, MemberView } from './member.js';
import { MembersService } from './members.service.js';

/** A member at once, or an invitation with its link, shown here and never again. */
export type AddedPerson =
  | { member: MemberView; invitation: null; link: null; mail: null }
  | { member: null; invitation: InvitationView; link: string; mail: MailResult };

/**
 * Adds people to a tenant by their e-mail. Who is a member of another tenant of the same owner is added at once: the
 * owner sees him there already. Everybody else gets a link, whether the address has an account or not, so that nobody
 * finds out by trying addresses, and so that a membership goes to nobody who only claimed the address.
 */
@Injectable()
export class MemberAddingService {
  constructor(
    private readonly database: Database,
    private readonly members: MembersService,
    private readonly invitations: InvitationsService,
    private readonly throttle: InvitationThrottle,
    private readonly mail: InvitationMail,
  ) {}

  /** @throws AlreadyMember, TooManyInvitations, TooManySent, AccessDenied, RoleRequired */
  async add(scope: TenantScope, user: Principal, given: { email: string; role: Role }): Promise<AddedPerson> {
    await this.throttle.count(user.userId);
    const { member, invited } = await this.database.transaction(async () => {
      const known = await this.members.addKnown(scope, user, given);
      return known === undefined ? { invited: await this.invitations.invite(scope, user, given) } : { member: known };
    });
    if (invited === undefined) return { member, invitation: null, link: null, mail: null };
    return { member: null, ...invited, mail: await this.mail.send(scope, invited) };
  }
}
