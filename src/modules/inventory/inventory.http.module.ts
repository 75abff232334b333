import { Module } from '@nestjs/common';
import { InventoryController } from './http/inventory.controller.js';
import { InventoryModule } from './inventory.module.js';

@Module({ imports: [InventoryModule], controllers: [InventoryController] })
export class InventoryHttpModule {}
