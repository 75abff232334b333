import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Principal } from '../../platform/access/access.decorator.js';
import { Database } from '../../platform/database/database.js';
import { AccessDenied, DomainError } from '../../platform/errors/domain-error.js';
import { decodeCursor, pageOf, type Page, type PageQuery } from '../../platform/http/page.js';
import { parseId } from '../../platform/http/parse-id.js';
import { AccountAudit } from './account-audit.js';
import { ApiTokenRepository } from './data/api-token.repository.js';
import type { UserRow } from './data/user.repository.js';
import { tokenHash } from './one-time-token.js';

/** Recognisable, so that secret scanners find a token that was leaked. */
const PREFIX = 'ta_';
const SHAPE = /^ta_[A-Za-z0-9_-]{43}$/;

export interface ApiTokenView {
  id: string;
  name: string;
  createdAt: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
}

/** Personal API tokens, 32 random bytes each. A token can do what its user can. */
@Injectable()
export class ApiTokenService {
  constructor(
    private readonly database: Database,
    private readonly tokens: ApiTokenRepository,
    private readonly audit: AccountAudit,
  ) {}

  /**
   * The token is answered here and never again.
   * @throws DomainError `request.invalid` when `expiresAt` is no time or has passed already
   */
  async create(user: Principal, name: string, expiresAt: Date | null): Promise<{ id: string; token: string }> {
    if (expiresAt !== null && !(expiresAt.getTime() > Date.now())) {
      throw new DomainError(
        'request.invalid',
        'unprocessable',
        'A token needs a time to expire that is still to come.',
        {
          errors: [{ field: 'expiresAt', message: 'must be a time in the future' }],
        },
      );
    }
    const token = `${PREFIX}${randomBytes(32).toString('base64url')}`;
    return this.database.transaction(async () => {
      const id = await this.tokens.insert(user.userId, name, tokenHash(token), expiresAt);
      await this.record(user, 'create', id, name);
      return { id, token };
    });
  }

  /** The user of a token, undefined when it is unknown, expired, or its user disabled. */
  async userOf(token: string): Promise<UserRow | undefined> {
    if (!SHAPE.test(token)) return undefined;
    const hash = tokenHash(token);
    const user = await this.tokens.userOf(hash);
    if (user) await this.tokens.noteUse(hash);
    return user;
  }

  async list(userId: string, { cursor, limit }: PageQuery): Promise<Page<ApiTokenView>> {
    const [before] = decodeCursor(cursor, ['id']) ?? [];
    const rows = await this.tokens.list(userId, limit + 1, before);
    return pageOf(
      rows,
      limit,
      (row) => [row.id],
      (row) => ({
        id: row.id,
        name: row.name,
        createdAt: row.createdAt.toISOString(),
        expiresAt: row.expiresAt?.toISOString() ?? null,
        lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
      }),
    );
  }

  /** @throws AccessDenied for a token that is not this user's */
  revoke(user: Principal, id: string): Promise<void> {
    return this.database.transaction(async () => {
      const name = await this.tokens.remove(user.userId, parseId(id));
      if (name === undefined) throw new AccessDenied();
      await this.record(user, 'revoke', id, name);
    });
  }

  private record(user: Principal, verb: string, id: string, name: string): Promise<void> {
    const subject = { subjectType: 'api_token', subjectId: id, subjectName: name };
    return this.audit.record(user, { action: `api_token.${verb}`, ...subject });
  }
}
