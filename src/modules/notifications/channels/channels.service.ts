import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../../platform/audit/audit-trail.js';
import type { Actor } from '../../../platform/context/actor.js';
import { TenantDatabase } from '../../../platform/database/database.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { AccessDenied } from '../../../platform/errors/domain-error.js';
import { decodeCursor, pageOf, type Page } from '../../../platform/http/page.js';
import { isUuid } from '../../../platform/http/parse-id.js';
import { ChannelsRepository, type ChannelRow } from '../data/channels.repository.js';
import { NoChannelSecret, TooManyChannels } from '../notifications.errors.js';
import { shownUrl } from '../webhook/webhook-url.js';
import type { ChannelKind, WantedOutcome } from './channel.js';
import { ChannelRules, type GivenTarget } from './channel-rules.js';
import { ChannelVault } from './channel-vault.js';
import { channelView, type ChannelView } from './channel-view.js';

/** A receiver has this long to learn the new secret. */
const OLD_SECRET_HOURS = 24;

export interface NewChannelRequest extends GivenTarget {
  kind: ChannelKind;
  name: string;
  outcomes: readonly WantedOutcome[];
  enabled: boolean;
}

export interface ChannelChange extends GivenTarget {
  name?: string | undefined;
  outcomes?: readonly WantedOutcome[] | undefined;
  enabled?: boolean | undefined;
}

/** Where a tenant's owners want to be told that runs ended. Every change is audited with it. */
@Injectable()
export class ChannelsService {
  constructor(
    private readonly database: TenantDatabase,
    private readonly channels: ChannelsRepository,
    private readonly vault: ChannelVault,
    private readonly rules: ChannelRules,
    private readonly audit: AuditTrail,
  ) {}

  /** Oldest first, and whether e-mail channels can be enabled here. */
  async list(
    scope: TenantScope,
    page: { cursor?: string | undefined; limit: number },
  ): Promise<Page<ChannelView> & { emailAvailable: boolean }> {
    const after = decodeCursor(page.cursor, ['time', 'uuid']);
    const rows = await this.channels.page(scope, after, page.limit + 1);
    const { emailAvailable } = this.rules;
    return { ...pageOf(rows, page.limit, (row) => [row.cursor_at, row.id], channelView), emailAvailable };
  }

  /**
   * The secret that a webhook's deliveries are signed with is answered here and never again; null for e-mail.
   * @throws InvalidChannel, EmailNotConfigured, TooManyChannels
   */
  create(scope: TenantScope, actor: Actor, given: NewChannelRequest): Promise<ChannelView & { secret: string | null }> {
    this.rules.checkTarget(given.kind, given);
    this.rules.checkComplete(given.kind, given);
    this.rules.checkEnabled(given.kind, given.enabled);
    const id = randomUUID();
    const secret = given.kind === 'webhook' ? this.vault.newSecret() : null;
    return this.database.transaction(async () => {
      const row = await this.channels.insert(scope, {
        id,
        kind: given.kind,
        name: given.name,
        recipients: given.recipients ?? null,
        ...this.sealedUrl(scope, id, given.url),
        sealedSecret: secret === null ? null : this.vault.seal(scope.tenantId, id, 'secret', secret),
        outcomes: given.outcomes,
        enabled: given.enabled,
        createdBy: actor.kind === 'user' ? actor.userId : null,
        createdByName: actor.name,
      });
      if (row === undefined) throw new TooManyChannels();
      await this.record(scope, actor, 'create', row);
      return { ...channelView(row), secret };
    });
  }

  /** @throws AccessDenied for an id that is not this tenant's; InvalidChannel, EmailNotConfigured */
  change(scope: TenantScope, actor: Actor, id: string, given: ChannelChange): Promise<ChannelView> {
    return this.database.transaction(async () => {
      const before = known(isUuid(id) ? await this.channels.lock(scope, id) : undefined);
      this.rules.checkTarget(before.kind, given);
      this.rules.checkEnabled(before.kind, given.enabled ?? false);
      const url =
        given.url === undefined
          ? { urlShown: before.url_shown, sealedUrl: before.sealed_url }
          : this.sealedUrl(scope, id, given.url);
      const after = await this.channels.update(scope, id, {
        ...url,
        name: given.name ?? before.name,
        recipients: given.recipients ?? before.recipients,
        outcomes: given.outcomes ?? before.outcomes,
        enabled: given.enabled ?? before.enabled,
      });
      const row = known(after);
      await this.record(scope, actor, 'update', row);
      return channelView(row);
    });
  }

  /** @throws AccessDenied for an id that is not this tenant's */
  delete(scope: TenantScope, actor: Actor, id: string): Promise<void> {
    return this.database.transaction(async () => {
      const name = isUuid(id) ? await this.channels.delete(scope, id) : undefined;
      if (name === undefined) throw new AccessDenied();
      await this.record(scope, actor, 'delete', { id, name });
    });
  }

  /**
   * A new secret, answered here and never again. Deliveries are signed with the old one too for a day.
   * @throws AccessDenied for an id that is not this tenant's; NoChannelSecret for e-mail
   */
  rotateSecret(
    scope: TenantScope,
    actor: Actor,
    id: string,
  ): Promise<{ secret: string; previousSecretUntil: string | null }> {
    return this.database.transaction(async () => {
      const before = known(isUuid(id) ? await this.channels.lock(scope, id) : undefined);
      if (before.kind !== 'webhook') throw new NoChannelSecret();
      const secret = this.vault.newSecret();
      const sealed = this.vault.seal(scope.tenantId, id, 'secret', secret);
      const row = known(await this.channels.rotateSecret(scope, id, sealed, OLD_SECRET_HOURS));
      await this.record(scope, actor, 'rotate_secret', row);
      return { secret, previousSecretUntil: row.previous_secret_until?.toISOString() ?? null };
    });
  }

  private sealedUrl(
    scope: TenantScope,
    id: string,
    url: string | undefined,
  ): { urlShown: string | null; sealedUrl: Buffer | null } {
    if (url === undefined) return { urlShown: null, sealedUrl: null };
    return { urlShown: shownUrl(url), sealedUrl: this.vault.seal(scope.tenantId, id, 'url', url) };
  }

  private record(
    scope: TenantScope,
    actor: Actor,
    verb: string,
    { id, name }: Pick<ChannelRow, 'id' | 'name'>,
  ): Promise<void> {
    return this.audit.append(scope, actor, {
      action: `notification_channel.${verb}`,
      subjectType: 'notification_channel',
      subjectId: id,
      subjectName: name,
    });
  }
}

function known(row: ChannelRow | undefined): ChannelRow {
  if (row === undefined) throw new AccessDenied();
  return row;
}
