import { Module } from '@nestjs/common';
import { CryptoModule } from '../../platform/crypto/crypto.module.js';
import { GraphConnectionRepository } from './data/graph-connection.repository.js';
import { TenantRepository } from './data/tenant.repository.js';
import { UserRepository } from './data/user.repository.js';
import { TenancyFacade } from './tenancy.facade.js';
import { TenantProvisioning } from './tenancy.provisioning.js';

/** Tenants, users, memberships, Graph connections; for both processes. */
@Module({
  imports: [CryptoModule],
  providers: [TenancyFacade, TenantProvisioning, TenantRepository, UserRepository, GraphConnectionRepository],
  exports: [TenancyFacade, TenantProvisioning, TenantRepository, UserRepository, GraphConnectionRepository],
})
export class TenancyModule {}
