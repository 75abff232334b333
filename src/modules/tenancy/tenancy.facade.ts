import { Injectable } from '@nestjs/common';
import type { ClientCredential } from '#libs/graph-client/src/token-source.js';
import type { TenantScope } from '../../platform/database/tenant-scope.js';
import { AccessDenied } from '../../platform/errors/domain-error.js';
import { CredentialVault } from './connection/credential-vault.js';
import { GraphConnectionRepository } from './data/graph-connection.repository.js';
import { TenantRepository } from './data/tenant.repository.js';
import { UserRepository } from './data/user.repository.js';
import { GraphNotConnected } from './tenancy.errors.js';

/** What a token source needs to read one tenant, the credential in the clear: keep it in memory, log none of it. */
export type GraphConnection = ClientCredential & { entraTenantId: string; clientId: string };

/** The door of `tenancy` for other modules. */
@Injectable()
export class TenancyFacade {
  constructor(
    private readonly tenants: TenantRepository,
    private readonly connections: GraphConnectionRepository,
    private readonly users: UserRepository,
    private readonly vault: CredentialVault,
  ) {}

  /**
   * How this tenant's Microsoft Graph is reached.
   * @throws GraphNotConnected when nobody has connected it; CredentialUnusable
   */
  async graphConnection(scope: TenantScope): Promise<GraphConnection> {
    const [tenant, connection] = await Promise.all([this.tenants.find(scope), this.connections.find(scope)]);
    if (tenant === undefined) throw new AccessDenied();
    if (connection === undefined) throw new GraphNotConnected();
    return {
      entraTenantId: tenant.entraTenantId,
      clientId: connection.clientId,
      ...this.vault.open(scope.tenantId, connection),
    };
  }

  /** The Entra directory of the tenant. */
  async entraTenantId(scope: TenantScope): Promise<string> {
    const tenant = await this.tenants.find(scope);
    if (tenant === undefined) throw new AccessDenied();
    return tenant.entraTenantId;
  }

  async tenantName(scope: TenantScope): Promise<string> {
    const tenant = await this.tenants.find(scope);
    if (tenant === undefined) throw new AccessDenied();
    return tenant.name;
  }

  /** The name of a user, disabled or not; undefined when there is no such user. */
  userName(userId: string): Promise<string | undefined> {
    return this.users.nameOf(userId);
  }
}
