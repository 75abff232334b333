import { Injectable } from '@nestjs/common';
import type { Role } from '#libs/access-model/src/permissions.js';
import type { TenantScope } from '../../platform/database/tenant-scope.js';
import { AccessDenied } from '../../platform/errors/domain-error.js';
import { decodeCursor, pageOf, type Page, type PageQuery } from '../../platform/http/page.js';
import { endOf } from './connection/connection-view.js';
import { GraphConnectionRepository, type CredentialKind } from './data/graph-connection.repository.js';
import { TenantRepository, type MembershipRow } from './data/tenant.repository.js';

/** The most memberships that `GET /me` lists; the rest is a page of `GET /tenants`. */
const SHOWN_MEMBERSHIPS = 500;

export interface TenantListItem {
  id: string;
  name: string;
  role: Role;
}

export interface TenantDetail extends TenantListItem {
  entraTenantId: string;
  /** What every member may know of it. */
  graphConnection: { kind: CredentialKind; clientIdEnd: string; updatedAt: string } | null;
}

/** What people see of tenants. */
@Injectable()
export class TenancyService {
  constructor(
    private readonly tenants: TenantRepository,
    private readonly connections: GraphConnectionRepository,
  ) {}

  memberships(userId: string): Promise<MembershipRow[]> {
    return this.tenants.memberships(userId, SHOWN_MEMBERSHIPS);
  }

  /** The user's tenants by name. */
  async list(userId: string, { cursor, limit }: PageQuery): Promise<Page<TenantListItem>> {
    const rows = await this.tenants.memberships(userId, limit + 1, decodeCursor(cursor, ['text', 'uuid']));
    return pageOf(
      rows,
      limit,
      (row) => [row.tenantName, row.tenantId],
      (row) => ({ id: row.tenantId, name: row.tenantName, role: row.role }),
    );
  }

  async detail(scope: TenantScope, role: Role): Promise<TenantDetail> {
    const [tenant, connection] = await Promise.all([this.tenants.find(scope), this.connections.find(scope)]);
    if (tenant === undefined) throw new AccessDenied();
    return {
      id: tenant.id,
      name: tenant.name,
      role,
      entraTenantId: tenant.entraTenantId,
      graphConnection: connection
        ? {
            kind: connection.kind,
            clientIdEnd: endOf(connection.clientId),
            updatedAt: connection.updatedAt.toISOString(),
          }
        : null,
    };
  }
}
