import type { Role } from '#libs/access-model/src/permissions.js';

export class TenantListAnswer {
  id!: string;
  name!: string;
  /** The caller's role in it. */
  role!: Role;
}

export class TenantPage {
  items!: TenantListAnswer[];
  nextCursor!: string | null;
}

export class GraphConnectionAnswer {
  clientId!: string;
  updatedAt!: string;
}

export class TenantAnswer extends TenantListAnswer {
  entraTenantId!: string;
  /** Null until an owner connects the tenant. */
  graphConnection!: GraphConnectionAnswer | null;
}
