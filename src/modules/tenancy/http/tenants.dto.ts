import { ApiProperty } from '@nestjs/swagger';
import type { Role } from '#libs/access-model/src/permissions.js';
import type { CredentialKind } from '../data/graph-connection.repository.js';

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

export class TenantConnectionAnswer {
  @ApiProperty({ enum: ['secret', 'certificate'] })
  kind!: CredentialKind;
  /** The last four characters of the client id. */
  clientIdEnd!: string;
  updatedAt!: string;
}

export class TenantAnswer extends TenantListAnswer {
  entraTenantId!: string;
  /** Null until an owner connects the tenant. */
  graphConnection!: TenantConnectionAnswer | null;
}
