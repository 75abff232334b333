import { Module } from '@nestjs/common';
import { InventoryModule } from '../inventory/inventory.module.js';
import { OperationsModule } from '../operations/operations.module.js';
import { FindingCountsRepository } from './data/finding-counts.repository.js';
import { FindingRepository } from './data/finding.repository.js';
import { DriftFacade } from './drift.facade.js';
import { DriftService } from './drift.service.js';
import { FindingsService } from './findings.service.js';
import { LastComparisonLookup } from './last-comparison.js';
import { DriftGeneratePreparation } from './runs/drift-generate.preparation.js';
import { DriftGenerateProcessor } from './runs/drift-generate.processor.js';

/** Compares sync runs and keeps what it finds; for both processes. */
@Module({
  imports: [OperationsModule, InventoryModule],
  providers: [
    DriftFacade,
    DriftService,
    FindingsService,
    FindingCountsRepository,
    FindingRepository,
    LastComparisonLookup,
    DriftGenerateProcessor,
    DriftGeneratePreparation,
  ],
  exports: [DriftFacade, DriftService, FindingsService],
})
export class DriftModule {}
