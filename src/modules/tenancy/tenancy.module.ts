import { Module } from '@nestjs/common';
import { CryptoModule } from '../../platform/crypto/crypto.module.js';
import { SealedColumns } from '../../platform/crypto/sealed-columns.js';
import { CredentialVault } from './connection/credential-vault.js';
import { GraphConnectionRepository } from './data/graph-connection.repository.js';
import { TenantRepository } from './data/tenant.repository.js';
import { UserRepository } from './data/user.repository.js';
import { GRAPH_SECRETS } from './graph-secret.js';
import { TenancyFacade } from './tenancy.facade.js';
import { TenantProvisioning } from './tenancy.provisioning.js';

/** Tenants, users, memberships, Graph connections; for both processes. */
@Module({
  imports: [CryptoModule],
  providers: [
    TenancyFacade,
    TenantProvisioning,
    TenantRepository,
    UserRepository,
    GraphConnectionRepository,
    CredentialVault,
  ],
  exports: [
    TenancyFacade,
    TenantProvisioning,
    TenantRepository,
    UserRepository,
    GraphConnectionRepository,
    CredentialVault,
  ],
})
export class TenancyModule {
  constructor(columns: SealedColumns) {
    columns.add(GRAPH_SECRETS);
  }
}
