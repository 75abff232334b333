import { queryOptions } from '@tanstack/react-query';
import type { Role } from '#libs/access-model/src/permissions.js';
import { get, patch, post, remove } from './client';
import { tenantKey } from './keys';
import type { Schema } from './schemas';

/** Without an e-mail address for everybody but owners. */
export type Member = Schema<'MemberDto'>;

/** `counts` are of all members, whatever the filter. */
export type MemberPage = Schema<'MemberPageDto'>;

export type Invitation = Schema<'InvitationDto'>;

/** A member at once, or an invitation whose link is shown here and never again. */
export type AddedPerson = Schema<'AddedPersonDto'>;

const SHOWN = 50;

export const membersKey = (tenantId: string): unknown[] => [...tenantKey(tenantId), 'members'];

export function membersQuery(tenantId: string, filter: { q?: string; role?: string; cursor?: string }) {
  return queryOptions({
    queryKey: [...membersKey(tenantId), 'page', filter],
    queryFn: ({ signal }) => get<MemberPage>(`/tenants/${tenantId}/members`, { ...filter, limit: SHOWN }, signal),
    placeholderData: (before) => before,
  });
}

/** For owners. */
export function invitationsQuery(tenantId: string) {
  return queryOptions({
    queryKey: [...membersKey(tenantId), 'invitations'],
    queryFn: ({ signal }) => get<Schema<'InvitationListDto'>>(`/tenants/${tenantId}/invitations`, {}, signal),
  });
}

export function addPerson(tenantId: string, given: { email: string; role: Role }): Promise<AddedPerson> {
  return post(`/tenants/${tenantId}/members`, given);
}

export function changeRole(tenantId: string, userId: string, role: Role): Promise<Member> {
  return patch(`/tenants/${tenantId}/members/${userId}`, { role });
}

export function removeMember(tenantId: string, userId: string): Promise<void> {
  return remove(`/tenants/${tenantId}/members/${userId}`);
}

export function revokeInvitation(tenantId: string, id: string): Promise<void> {
  return remove(`/tenants/${tenantId}/invitations/${id}`);
}
