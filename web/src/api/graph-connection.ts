import { queryOptions } from '@tanstack/react-query';
import { get, post, put, remove } from './client';
import { tenantKey } from './keys';
import type { Schema } from './schemas';

export type CredentialKind = GraphConnection['kind'];

export type ConnectionVerdict = Schema<'ConnectionVerdictDto'>;

/** Never with the credential itself. */
export type GraphConnection = Schema<'GraphConnectionDto'>;

export type GraphConnectionPage = Schema<'GraphConnectionPageDto'>;

/** What an owner gives; the fields of the other kind and place are left out. */
export type GivenConnection = Schema<'SetGraphConnectionDto'>;

/** What every member may know of the tenant and its connection. */
export type TenantDetail = Schema<'TenantAnswer'>;

const pathOf = (tenantId: string): string => `/tenants/${tenantId}/graph-connection`;

const connectionKey = (tenantId: string): unknown[] => [...tenantKey(tenantId), 'graph-connection'];

/** For owners. */
export function connectionQuery(tenantId: string) {
  return queryOptions({
    queryKey: [...connectionKey(tenantId), 'page'],
    queryFn: ({ signal }) => get<GraphConnectionPage>(pathOf(tenantId), {}, signal),
  });
}

/** For every member. */
export function tenantQuery(tenantId: string) {
  return queryOptions({
    queryKey: [...connectionKey(tenantId), 'tenant'],
    queryFn: ({ signal }) => get<TenantDetail>(`/tenants/${tenantId}`, {}, signal),
  });
}

export function setConnection(tenantId: string, given: GivenConnection): Promise<GraphConnectionPage> {
  return put(pathOf(tenantId), given);
}

export function removeConnection(tenantId: string): Promise<void> {
  return remove(pathOf(tenantId));
}

/** Takes 20 seconds at most. */
export function testConnection(tenantId: string): Promise<ConnectionVerdict> {
  return post(`${pathOf(tenantId)}/test`);
}
