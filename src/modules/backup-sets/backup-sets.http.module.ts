import { Module } from '@nestjs/common';
import { BackupSetsModule } from './backup-sets.module.js';
import { BackupSetsController } from './http/backup-sets.controller.js';

@Module({ imports: [BackupSetsModule], controllers: [BackupSetsController] })
export class BackupSetsHttpModule {}
