import { Module } from '@nestjs/common';
import { ExportsController } from './http/exports.controller.js';
import PolicyBulkExportProducer from './policy-bulk-export.producer.js';

@Module({ imports: [PolicyBulkExportProducer], controllers: [ExportsController] })
export default class PolicyBulkExportHttpModule {}
