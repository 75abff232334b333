import { Module } from '@nestjs/common';
import { DriftModule } from './drift.module.js';
import { DriftController } from './http/drift.controller.js';

@Module({ imports: [DriftModule], controllers: [DriftController] })
export class DriftHttpModule {}
