import { Module } from '@nestjs/common';
import { OperationsModule } from '../operations/operations.module.js';
import { CoverageWords } from './http/coverage-words.js';
import { InventoryController } from './http/inventory.controller.js';
import { PolicyDependenciesController } from './http/policy-dependencies.controller.js';
import { ImportController } from './interchange/http/import.controller.js';
import { InventoryModule } from './inventory.module.js';

@Module({
  imports: [InventoryModule, OperationsModule],
  providers: [CoverageWords],
  controllers: [InventoryController, PolicyDependenciesController, ImportController],
})
export class InventoryHttpModule {}
