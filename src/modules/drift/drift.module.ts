import { Module } from '@nestjs/common';
import { InventoryModule } from '../inventory/inventory.module.js';
import { OperationsModule } from '../operations/operations.module.js';
import { FindingRepository } from './data/finding.repository.js';
import { DriftService } from './drift.service.js';
import { FindingsService } from './findings.service.js';
import { LastComparisonLookup } from './last-comparison.js';
import { DriftGeneratePreparation } from './runs/drift-generate.preparation.js';
import { DriftGenerateProcessor } from './runs/drift-generate.processor.js';

/** Compares sync runs and keeps what it finds; for both processes. */
@Module({
  imports: [OperationsModule, InventoryModule],
  providers: [
    DriftService,
    FindingsService,
    FindingRepository,
    LastComparisonLookup,
    DriftGenerateProcessor,
    DriftGeneratePreparation,
  ],
  exports: [DriftService, FindingsService],
})
export class DriftModule {}
