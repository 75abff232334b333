import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../../platform/audit/audit-trail.js';
import type { Actor } from '../../../platform/context/actor.js';
import { TenantDatabase } from '../../../platform/database/database.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { AccessDenied } from '../../../platform/errors/domain-error.js';
import { GraphConnectionRepository } from '../data/graph-connection.repository.js';
import { TenantRepository } from '../data/tenant.repository.js';
import { GraphNotConnected } from '../tenancy.errors.js';
import { connectionEntry } from './connection-entry.js';
import { PERMISSIONS_NEEDED } from './connection-tester.js';
import { connectionView, type ConnectionView } from './connection-view.js';
import { CredentialVault } from './credential-vault.js';
import { checkConnection, type GivenConnection } from './given-connection.js';

export interface ConnectionPage {
  entraTenantId: string;
  /** The least application permissions that the app needs to read everything. */
  permissionsNeeded: string[];
  /** Null until an owner connects the tenant. */
  connection: ConnectionView | null;
}

/** The Graph connection of a tenant, for its owners. Every change is audited with it, and nothing shows the credential. */
@Injectable()
export class GraphConnectionService {
  constructor(
    private readonly database: TenantDatabase,
    private readonly tenants: TenantRepository,
    private readonly connections: GraphConnectionRepository,
    private readonly vault: CredentialVault,
    private readonly audit: AuditTrail,
  ) {}

  async page(scope: TenantScope): Promise<ConnectionPage> {
    const [entraTenantId, row] = await Promise.all([this.directoryOf(scope), this.connections.find(scope)]);
    return {
      entraTenantId,
      permissionsNeeded: [...PERMISSIONS_NEEDED],
      connection: row === undefined ? null : connectionView(row),
    };
  }

  /**
   * Connects the tenant, or replaces its connection; what was there before is gone, its verdict too.
   * @throws InvalidConnection
   */
  async set(scope: TenantScope, actor: Actor, given: GivenConnection): Promise<ConnectionPage> {
    const { credential, environmentVariable, certificate } = checkConnection(given, this.vault, new Date());
    await this.database.transaction(async () => {
      await this.connections.save(scope.tenantId, {
        clientId: given.clientId,
        kind: given.kind,
        sealedSecret: environmentVariable === null ? this.vault.seal(scope.tenantId, credential) : null,
        environmentVariable,
        certificate,
        setBy: { userId: actor.kind === 'user' ? actor.userId : null, name: actor.name },
      });
      await this.audit.append(scope, actor, connectionEntry(scope, 'set', given));
    });
    return this.page(scope);
  }

  /** @throws GraphNotConnected when there is none */
  remove(scope: TenantScope, actor: Actor): Promise<void> {
    return this.database.transaction(async () => {
      const removed = await this.connections.remove(scope);
      if (removed === undefined) throw new GraphNotConnected();
      await this.audit.append(scope, actor, connectionEntry(scope, 'delete', removed));
    });
  }

  private async directoryOf(scope: TenantScope): Promise<string> {
    const tenant = await this.tenants.find(scope);
    if (tenant === undefined) throw new AccessDenied();
    return tenant.entraTenantId;
  }
}
