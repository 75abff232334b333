import { Module } from '@nestjs/common';
import { InventoryModule } from '../../modules/inventory/inventory.module.js';
import { OperationsModule } from '../../modules/operations/operations.module.js';
import { BulkExportProcessor } from './bulk-export.processor.js';
import { PolicyExportRepository } from './data/policy-export.repository.js';
import { ExpiredExports } from './expired-exports.js';
import { PolicyExportsService } from './policy-exports.service.js';
import { PolicySelection } from './policy-selection.js';

/** Policies of a selection as a zip of JSON that other tools read. */
@Module({
  imports: [OperationsModule, InventoryModule],
  providers: [BulkExportProcessor, ExpiredExports, PolicyExportRepository, PolicyExportsService, PolicySelection],
  exports: [PolicyExportsService],
})
export default class PolicyBulkExportProducer {}
