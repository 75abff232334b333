import { Injectable } from '@nestjs/common';
import type { ClientCredential } from '#libs/graph-client/src/token-source.js';
import type { TenantScope } from '../../platform/database/tenant-scope.js';
import { AccessDenied } from '../../platform/errors/domain-error.js';
import { connectionView } from './connection/connection-view.js';
import { CredentialVault } from './connection/credential-vault.js';
import { GraphConnectionRepository, type CredentialKind } from './data/graph-connection.repository.js';
import { TenantRepository } from './data/tenant.repository.js';
import { UserRepository } from './data/user.repository.js';
import { GraphNotConnected } from './tenancy.errors.js';

/** What a token source needs to read one tenant, the credential in the clear: keep it in memory, log none of it. */
export type GraphConnection = ClientCredential & { entraTenantId: string; clientId: string };

/** How a tenant is connected, as every member may know it. Times are ISO 8601 in UTC. */
export interface ConnectionState {
  kind: CredentialKind;
  setAt: string;
  /** What the last test of this credential said; null when it was never tested. */
  tested: { works: boolean; message: string; nextStep: string; at: string } | null;
}

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

  /** Null until an owner connects the tenant. */
  async connectionState(scope: TenantScope): Promise<ConnectionState | null> {
    const connection = await this.connections.find(scope);
    if (connection === undefined) return null;
    const { kind, setAt, verdict } = connectionView(connection);
    if (verdict === null) return { kind, setAt, tested: null };
    const { works, message, nextStep, at } = verdict;
    return { kind, setAt, tested: { works, message, nextStep, at } };
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
