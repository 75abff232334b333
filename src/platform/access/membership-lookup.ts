import type { Role } from '#libs/access-model/src/permissions.js';

/** What the access guard asks about a caller; `tenancy` answers it. */
export abstract class MembershipLookup {
  /** The user's role in the tenant, undefined when there is none: foreign and unknown tenants look alike. */
  abstract roleOf(userId: string, tenantId: string): Promise<Role | undefined>;
}
