import { queryOptions } from '@tanstack/react-query';
import { get, post, put, remove } from './client';
import { tenantKey } from './keys';

export type CredentialKind = 'secret' | 'certificate';

export interface ConnectionVerdict {
  /** Whether policies can be read, if not all of them. */
  works: boolean;
  code: string;
  message: string;
  nextStep: string;
  /** Permissions or licences that are missing. */
  missing: string[];
  /** Microsoft's own number, such as `AADSTS7000222`. */
  aadsts: string | null;
  requestId: string | null;
  at: string;
}

/** Never with the credential itself. */
export interface GraphConnection {
  kind: CredentialKind;
  clientIdEnd: string;
  /** Null when the credential is kept by TenantAtlas, sealed. */
  environmentVariable: string | null;
  certificate: { thumbprintEnd: string; expiresAt: string } | null;
  setByName: string;
  setAt: string;
  /** Null until this credential is tested. */
  verdict: ConnectionVerdict | null;
}

export interface GraphConnectionPage {
  entraTenantId: string;
  /** The least application permissions that the app needs to read everything. */
  permissionsNeeded: string[];
  connection: GraphConnection | null;
}

/** What an owner gives; the fields of the other kind and place are left out. */
export interface GivenConnection {
  clientId: string;
  kind: CredentialKind;
  secret?: string;
  certificatePem?: string;
  privateKeyPem?: string;
  environmentVariable?: string;
}

/** What every member may know of the tenant and its connection. */
export interface TenantDetail {
  id: string;
  name: string;
  entraTenantId: string;
  graphConnection: { kind: CredentialKind; clientIdEnd: string; updatedAt: string } | null;
}

const pathOf = (tenantId: string): string => `/tenants/${tenantId}/graph-connection`;

export const connectionKey = (tenantId: string): unknown[] => [...tenantKey(tenantId), 'graph-connection'];

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
