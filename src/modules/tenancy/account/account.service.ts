import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../platform/access/access.decorator.js';
import { Database } from '../../../platform/database/database.js';
import { AccessDenied, DomainError } from '../../../platform/errors/domain-error.js';
import { SESSION_MS } from '../../../platform/http/session.middleware.js';
import { AccountAudit } from '../account-audit.js';
import { SessionRepository, type SessionRow } from '../data/session.repository.js';
import { UserRepository } from '../data/user.repository.js';
import { OwnPassword } from './own-password.js';

/** A session as its person sees it. Times are ISO 8601 in UTC. */
export interface SessionView {
  id: string;
  isCurrent: boolean;
  /** Null where it was not noted. */
  signedInAt: string | null;
  address: string | null;
  userAgent: string | null;
  lastUsedAt: string;
}

/** What a person does to his own account. Every change is audited in each of his tenants; tell `AccessChanges` of it. */
@Injectable()
export class AccountService {
  constructor(
    private readonly database: Database,
    private readonly users: UserRepository,
    private readonly sessions: SessionRepository,
    private readonly passwords: OwnPassword,
    private readonly audit: AccountAudit,
  ) {}

  rename(user: Principal, name: string): Promise<void> {
    return this.database.transaction(async () => {
      await this.users.rename(user.userId, name);
      const change = { before: { name: user.name }, after: { name } };
      await this.audit.record(user, { action: 'user.rename', ...subjectOf(user), change });
    });
  }

  /**
   * Sets a new password and ends every other session; API tokens go on.
   * @param sid the caller's session, which stays
   * @param address the caller's, against which wrong passwords are counted
   * @throws DomainError `account.wrong_password`, `request.invalid`; TooManyAttempts
   */
  async changePassword(
    user: Principal,
    given: { currentPassword: string; newPassword: string },
    sid: string,
    address: string,
  ): Promise<void> {
    const hash = await this.passwords.exchange(user, given, address);
    await this.database.transaction(async () => {
      await this.users.setPasswordHash(user.userId, hash);
      await this.sessions.endOthers(user.userId, sid);
      await this.audit.record(user, { action: 'user.change_password', ...subjectOf(user) });
    });
  }

  async listSessions(user: Principal, sid: string | null): Promise<SessionView[]> {
    return (await this.sessions.list(user.userId, sid)).map(viewOf);
  }

  /** @throws AccessDenied for a session that is not this person's */
  endSession(user: Principal, id: string): Promise<void> {
    return this.database.transaction(async () => {
      if (!(await this.sessions.end(user.userId, id))) throw new AccessDenied();
      await this.audit.record(user, { action: 'auth.end_session', ...subjectOf(user) });
    });
  }

  /** Ends all sessions but the caller's. */
  endOtherSessions(user: Principal, sid: string | null): Promise<void> {
    return this.database.transaction(async () => {
      await this.sessions.endOthers(user.userId, sid);
      await this.audit.record(user, { action: 'auth.end_sessions', ...subjectOf(user) });
    });
  }
}

/** A password is changed in a session, so that a leaked API token cannot lock its person out. */
export class SessionRequired extends DomainError {
  constructor() {
    super('account.session_required', 'forbidden', 'This needs a browser session; an API token cannot do it.');
  }
}

function subjectOf({ userId, name }: Principal): { subjectType: string; subjectId: string; subjectName: string } {
  return { subjectType: 'user', subjectId: userId, subjectName: name };
}

function viewOf({ id, isCurrent, begun, expiresAt }: SessionRow): SessionView {
  return {
    id,
    isCurrent,
    signedInAt: begun?.at ?? null,
    address: begun?.address ?? null,
    userAgent: begun?.userAgent ?? null,
    lastUsedAt: new Date(expiresAt.getTime() - SESSION_MS).toISOString(),
  };
}
