import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../platform/access/access.decorator.js';
import { Database } from '../../../platform/database/database.js';
import { InvitationRepository, type UsableInvitation } from '../data/invitation.repository.js';
import { UserRepository, type UserRow } from '../data/user.repository.js';
import { tokenHash } from '../one-time-token.js';
import { demandGoodPassword } from '../password-rules.js';
import { hashPassword, passwordMatches } from '../password.js';
import { SignInThrottle } from '../sign-in-throttle.js';
import { InvalidCredentials } from '../tenancy.errors.js';
import { InvitationJoining } from './invitation-joining.js';
import { InvitationForAnother, InvitationInvalid } from './members.errors.js';
import type { OpenedInvitation } from './member.js';

/** What a person who is not signed in accepts with: `name` is for a new account and left out for an existing one. */
export interface Acceptance {
  token: string;
  name?: string | undefined;
  password: string;
}

/**
 * Uses a link up. Whoever holds it, the inviter too, learns nothing of the account behind the address by looking, gets
 * into no existing account without its password, and sets no password but that of the account which the link makes.
 */
@Injectable()
export class InvitationAcceptanceService {
  constructor(
    private readonly database: Database,
    private readonly invitations: InvitationRepository,
    private readonly joining: InvitationJoining,
    private readonly users: UserRepository,
    private readonly throttle: SignInThrottle,
  ) {}

  /** @param address the caller's, against which attempts are counted. @throws InvitationInvalid, TooManyAttempts */
  async open(token: string, address: string): Promise<OpenedInvitation> {
    await this.throttle.countFrom(address);
    const { tenantName, email, role, invitedByName, expiresAt } = await this.find(token);
    await this.throttle.succeededFrom(address);
    return { tenantName, email, role, invitedByName, expiresAt: expiresAt.toISOString() };
  }

  /**
   * Answers the person, who is to be signed in, and the tenant.
   * @throws InvitationInvalid, InvalidCredentials when the address has an account with another password, or none and
   * no name was given; TooManyAttempts; DomainError `request.invalid` for a password that is too weak for a new account
   */
  async accept(given: Acceptance, address: string): Promise<{ user: Principal; tenantId: string }> {
    const invitation = await this.find(given.token);
    if (given.name !== undefined) demandGoodPassword('password', given.password, invitation.email);
    await this.throttle.count(invitation.email, address);
    const known = await this.users.activeByEmail(invitation.email);
    const answer =
      known === undefined && given.name !== undefined
        ? await this.acceptAsNew(given.token, invitation.email, given.name, given.password)
        : await this.acceptAsKnown(given.token, known, given.password);
    await this.throttle.succeeded(invitation.email, address);
    return answer;
  }

  /** @throws InvitationInvalid, InvitationForAnother */
  async acceptAs(user: Principal, token: string): Promise<string> {
    const { email } = await this.find(token);
    if (email.toLowerCase() !== user.email.toLowerCase()) throw new InvitationForAnother();
    return this.database.transaction(() => this.joining.join(token, user));
  }

  private async acceptAsNew(
    token: string,
    email: string,
    name: string,
    password: string,
  ): Promise<{ user: Principal; tenantId: string }> {
    const hash = await hashPassword(password);
    return this.database.transaction(async () => {
      const made = await this.users.insert(email, name, hash);
      // Disabled, or made by another link a moment ago: the password is not this one's.
      if (made === undefined) throw new InvalidCredentials();
      const user = principalOf(made);
      return { user, tenantId: await this.joining.join(token, user) };
    });
  }

  private async acceptAsKnown(
    token: string,
    known: (UserRow & { passwordHash: string | null }) | undefined,
    password: string,
  ): Promise<{ user: Principal; tenantId: string }> {
    const matches = await passwordMatches(known?.passwordHash, password);
    if (known === undefined || !matches) throw new InvalidCredentials();
    const user = principalOf(known);
    return { user, tenantId: await this.database.transaction(() => this.joining.join(token, user)) };
  }

  private async find(token: string): Promise<UsableInvitation> {
    const invitation = await this.invitations.findUsable(tokenHash(token));
    if (invitation === undefined) throw new InvitationInvalid();
    return invitation;
  }
}

function principalOf({ id, name, email }: UserRow): Principal {
  return { userId: id, name, email };
}
