import type { Role } from '#libs/access-model/src/permissions.js';

/** A member as other members see him. Times are ISO 8601 in UTC. */
export interface MemberView {
  userId: string;
  name: string;
  /** For those who manage members; null for everybody else. */
  email: string | null;
  role: Role;
  addedAt: string;
}

/** An invitation that nobody has accepted yet; never with its token. */
export interface InvitationView {
  id: string;
  email: string;
  role: Role;
  invitedByName: string;
  createdAt: string;
  expiresAt: string;
  expired: boolean;
}

/** What the person who was invited is told before he accepts. */
export interface OpenedInvitation {
  tenantName: string;
  email: string;
  role: Role;
  invitedByName: string;
  expiresAt: string;
}
