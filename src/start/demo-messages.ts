import type { Role } from '#libs/access-model/src/permissions.js';

export interface DemoMember {
  email: string;
  name: string;
  password: string;
  role: Role;
}

/** A tenant with its users, as the seeding shall make them. */
export interface DemoTenant {
  name: string;
  entraTenantId: string;
  graph?: { clientId: string; clientSecret: string };
  members: DemoMember[];
}

/** What the seeding says when it is done: the tenants' ids, in the order they were given. */
export interface DemoSeeded {
  tenantIds: string[];
}

export function isDemoSeeded(message: unknown): message is DemoSeeded {
  return typeof message === 'object' && message !== null && 'tenantIds' in message;
}
