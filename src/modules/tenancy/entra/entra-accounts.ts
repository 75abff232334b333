import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../platform/access/access.decorator.js';
import { Database } from '../../../platform/database/database.js';
import { AccessDenied } from '../../../platform/errors/domain-error.js';
import { isUuid } from '../../../platform/http/parse-id.js';
import { AccountAudit } from '../account-audit.js';
import { IdentityRepository, type EntraIdentity } from '../data/identity.repository.js';
import { EntraRefused } from './entra.errors.js';

/** Times are ISO 8601 in UTC. */
export interface LinkedAccount {
  directory: string;
  objectId: string;
  linkedAt: string;
  lastSignInAt: string | null;
}

/**
 * Which user a Microsoft account is. Only the directory and the object id count: names and addresses in a token are
 * whatever the directory's administrators write there. An account nobody has linked is a stranger's.
 */
@Injectable()
export class EntraAccounts {
  constructor(
    private readonly database: Database,
    private readonly identities: IdentityRepository,
    private readonly audit: AccountAudit,
  ) {}

  /** @throws EntraRefused for a stranger and for a disabled user alike */
  signIn(identity: EntraIdentity): Promise<Principal> {
    return this.database.transaction(async () => {
      const user = await this.identities.signingIn(identity);
      if (user === undefined) throw new EntraRefused('unknown_person');
      const principal = { userId: user.id, name: user.name, email: user.email };
      await this.record(principal, 'auth.sign_in');
      return principal;
    });
  }

  /** @throws EntraRefused when it is another user's */
  link(user: Principal, identity: EntraIdentity): Promise<void> {
    return this.database.transaction(async () => {
      const owner = await this.identities.link(user.userId, identity);
      if (owner !== user.userId) throw new EntraRefused('linked_to_another');
      await this.record(user, 'auth.link_microsoft');
    });
  }

  /** The accounts that a user signs in with. */
  async list(userId: string): Promise<LinkedAccount[]> {
    const rows = await this.identities.list(userId);
    return rows.map(({ entraTenantId, objectId, linkedAt, lastSignInAt }) => ({
      directory: entraTenantId,
      objectId,
      linkedAt: linkedAt.toISOString(),
      lastSignInAt: lastSignInAt?.toISOString() ?? null,
    }));
  }

  /** @throws AccessDenied for an account that is not this user's */
  unlink(user: Principal, identity: EntraIdentity): Promise<void> {
    if (!isUuid(identity.entraTenantId) || !isUuid(identity.objectId)) throw new AccessDenied();
    return this.database.transaction(async () => {
      if (!(await this.identities.unlink(user.userId, identity))) throw new AccessDenied();
      await this.record(user, 'auth.unlink_microsoft');
    });
  }

  private record(user: Principal, action: string): Promise<void> {
    return this.audit.record(user, { action, subjectType: 'user', subjectId: user.userId, subjectName: user.name });
  }
}
