import { post } from './client';
import type { Schema } from './schemas';

/** What a link is for, as the person who was invited sees it. */
export type OpenedInvitation = Schema<'OpenedInvitationDto'>;

export function openInvitation(token: string): Promise<OpenedInvitation> {
  return post('/invitations/open', { token });
}

/** @param given with a name for a new account, without one for the account that the address has */
export function acceptInvitation(
  token: string,
  given: { name?: string; password: string },
): Promise<Schema<'AcceptedInvitationDto'>> {
  return post('/invitations/accept', { token, ...given });
}

/** Accepts as the person who is signed in. */
export function joinTenant(token: string): Promise<Schema<'JoinedTenantDto'>> {
  return post('/me/invitations/accept', { token });
}
