import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../../platform/audit/audit-trail.js';
import type { Actor } from '../../../platform/context/actor.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { AccessDenied } from '../../../platform/errors/domain-error.js';
import { decodeCursor, pageOf, type Page } from '../../../platform/http/page.js';
import { isUuid } from '../../../platform/http/parse-id.js';
import { TenancyFacade } from '../../tenancy/tenancy.facade.js';
import { ChannelsRepository, type ChannelRow } from '../data/channels.repository.js';
import { DeliveriesRepository } from '../data/deliveries.repository.js';
import { ChannelSender } from '../delivery/channel.sender.js';
import { VERDICTS } from '../delivery/verdict.js';
import { TestTooSoon } from '../notifications.errors.js';
import { deliveryView, type DeliveryView } from './channel-view.js';

/** Between two tests of one channel: enough to try things out, too few to use this as a weapon. */
const TEST_SECONDS = 10;

/** How a test went. */
export interface TestVerdict {
  delivered: boolean;
  code: string;
  message: string;
  status: number | null;
}

/** What a channel was sent, and a try of it. */
@Injectable()
export class ChannelDeliveriesService {
  constructor(
    private readonly channels: ChannelsRepository,
    private readonly deliveries: DeliveriesRepository,
    private readonly sender: ChannelSender,
    private readonly tenancy: TenancyFacade,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Newest first.
   * @throws AccessDenied for an id that is not this tenant's
   */
  async list(
    scope: TenantScope,
    id: string,
    page: { cursor?: string | undefined; limit: number },
  ): Promise<Page<DeliveryView>> {
    await this.find(scope, id);
    const after = decodeCursor(page.cursor, ['time', 'uuid']);
    const rows = await this.deliveries.page(scope, id, after, page.limit + 1);
    return pageOf(rows, page.limit, (row) => [row.cursor_at, row.id], deliveryView);
  }

  /**
   * Sends a test over the channel, enabled or not, and waits for its verdict. It is tried once and leaves no delivery.
   * @throws AccessDenied for an id that is not this tenant's; TestTooSoon
   */
  async test(scope: TenantScope, actor: Actor, id: string): Promise<TestVerdict> {
    const row = await this.find(scope, id);
    if (!(await this.channels.noteTest(scope, id, TEST_SECONDS))) throw new TestTooSoon(TEST_SECONDS);
    await this.audit.append(scope, actor, {
      action: 'notification_channel.test',
      subjectType: 'notification_channel',
      subjectId: id,
      subjectName: row.name,
    });
    const { delivered, code, status } = await this.sender.send(
      {
        tenantId: scope.tenantId,
        channelId: id,
        kind: row.kind,
        recipients: row.recipients,
        sealedUrl: row.sealed_url,
        sealedSecret: row.sealed_secret,
        sealedPreviousSecret: row.sealed_previous_secret,
        previousSecretUntil: row.previous_secret_until,
      },
      {
        id: randomUUID(),
        tenantId: scope.tenantId,
        tenantName: await this.tenancy.tenantName(scope),
        channelName: row.name,
      },
      new AbortController().signal,
    );
    return { delivered, code, message: VERDICTS[code], status: status ?? null };
  }

  private async find(scope: TenantScope, id: string): Promise<ChannelRow> {
    const row = isUuid(id) ? await this.channels.find(scope, id) : undefined;
    if (row === undefined) throw new AccessDenied();
    return row;
  }
}
