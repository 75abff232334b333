import { Module } from '@nestjs/common';
import { TenancyModule } from '../tenancy/tenancy.module.js';
import { DirectoryModule } from './directory.module.js';
import { DirectoryController } from './http/directory.controller.js';
import { LiveGroupSearch } from './live/live-group-search.js';
import { LiveSearchService } from './live/live-search.service.js';

/** Needs the global TenancyHttpModule, which answers `DelegatedTokens`. */
@Module({
  imports: [DirectoryModule, TenancyModule],
  providers: [LiveGroupSearch, LiveSearchService],
  controllers: [DirectoryController],
})
export class DirectoryHttpModule {}
