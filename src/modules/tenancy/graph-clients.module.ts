import { Module } from '@nestjs/common';
import { GraphClients, TenancyGraphClients } from './graph-clients.facade.js';
import { TenancyModule } from './tenancy.module.js';

/** The Graph clients of the tenants, shared by all modules of the process that read Graph. */
@Module({
  imports: [TenancyModule],
  providers: [{ provide: GraphClients, useClass: TenancyGraphClients }],
  exports: [GraphClients],
})
export class GraphClientsModule {}
