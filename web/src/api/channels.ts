import { queryOptions } from '@tanstack/react-query';
import { get, patch, post, remove } from './client';
import { tenantKey } from './keys';
import { PAGE_SIZE, type Page } from './page';
import type { Schema } from './schemas';

export type Channel = Schema<'ChannelDto'>;
export type CreatedChannel = Schema<'CreatedChannelDto'>;
export type Delivery = Schema<'DeliveryDto'>;
export type TestVerdict = Schema<'TestVerdictDto'>;
export type ChannelKind = Channel['kind'];
export type WantedOutcome = Channel['outcomes'][number];
export type DeliveryState = Delivery['state'];

/** What a form gives; `url` belongs to webhooks, `recipients` to e-mail. */
export interface GivenChannel {
  name: string;
  outcomes: WantedOutcome[];
  enabled: boolean;
  url?: string;
  recipients?: string[];
}

/** More than a tenant may keep. */
const ALL = 100;

export const channelsKey = (tenantId: string): unknown[] => [...tenantKey(tenantId), 'channels'];
const pathOf = (tenantId: string): string => `/tenants/${tenantId}/notification-channels`;

export function channelsQuery(tenantId: string) {
  return queryOptions({
    queryKey: [...channelsKey(tenantId), 'all'],
    queryFn: ({ signal }) => get<Schema<'ChannelPageDto'>>(pathOf(tenantId), { limit: ALL }, signal),
  });
}

export function deliveriesQuery(tenantId: string, channelId: string, cursor: string | undefined) {
  return queryOptions({
    queryKey: [...channelsKey(tenantId), channelId, 'deliveries', cursor],
    queryFn: ({ signal }) =>
      get<Page<Delivery>>(`${pathOf(tenantId)}/${channelId}/deliveries`, { cursor, limit: PAGE_SIZE }, signal),
  });
}

export function createChannel(tenantId: string, kind: ChannelKind, given: GivenChannel): Promise<CreatedChannel> {
  return post(pathOf(tenantId), { kind, ...given });
}

export function changeChannel(tenantId: string, id: string, change: Partial<GivenChannel>): Promise<Channel> {
  return patch(`${pathOf(tenantId)}/${id}`, change);
}

export function deleteChannel(tenantId: string, id: string): Promise<void> {
  return remove(`${pathOf(tenantId)}/${id}`);
}

/** Takes 20 seconds at most. */
export function testChannel(tenantId: string, id: string): Promise<TestVerdict> {
  return post(`${pathOf(tenantId)}/${id}/test`);
}

/** The old secret signs too for a day. */
export function rotateSecret(tenantId: string, id: string): Promise<Schema<'RotatedSecretDto'>> {
  return post(`${pathOf(tenantId)}/${id}/rotate-secret`);
}
