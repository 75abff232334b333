import type { Role } from '#libs/access-model/src/permissions.js';
import { post } from './client';
import type { User } from './session';

/** What a link is for, as the person who was invited sees it. */
export interface OpenedInvitation {
  tenantName: string;
  email: string;
  role: Role;
  invitedByName: string;
  expiresAt: string;
}

export function openInvitation(token: string): Promise<OpenedInvitation> {
  return post('/invitations/open', { token });
}

/** @param given with a name for a new account, without one for the account that the address has */
export function acceptInvitation(
  token: string,
  given: { name?: string; password: string },
): Promise<{ tenantId: string; user: User }> {
  return post('/invitations/accept', { token, ...given });
}

/** Accepts as the person who is signed in. */
export function joinTenant(token: string): Promise<{ tenantId: string }> {
  return post('/me/invitations/accept', { token });
}
