import { Module } from '@nestjs/common';
import { CryptoModule } from '../../platform/crypto/crypto.module.js';
import { SealedColumns } from '../../platform/crypto/sealed-columns.js';
import { OperationsModule } from '../operations/operations.module.js';
import { GraphClientsModule } from '../tenancy/graph-clients.module.js';
import { CacheStateRepository } from './data/cache-state.repository.js';
import { GroupRepository } from './data/group.repository.js';
import { GroupRoundRepository } from './data/group-round.repository.js';
import { SEALED_LINKS } from './data/sealed-links.js';
import { DirectoryFacade } from './directory.facade.js';
import { DirectoryPages } from './directory-pages.js';
import { DirectoryService } from './directory.service.js';
import { DirectoryGroupsSyncProcessor } from './runs/directory-groups-sync.processor.js';
import { GroupSync } from './sync/group-sync.js';

/** The cache of a tenant's Entra groups; safe in both processes. */
@Module({
  imports: [GraphClientsModule, OperationsModule, CryptoModule],
  providers: [
    CacheStateRepository,
    DirectoryFacade,
    DirectoryGroupsSyncProcessor,
    DirectoryPages,
    DirectoryService,
    GroupRepository,
    GroupRoundRepository,
    GroupSync,
  ],
  exports: [DirectoryFacade, DirectoryPages, DirectoryService],
})
export class DirectoryModule {
  constructor(columns: SealedColumns) {
    columns.add(...SEALED_LINKS);
  }
}
