import { Injectable } from '@nestjs/common';
import { KeepsHouse, type Housekeeping } from '#libs/run-kit/src/housekeeping.js';
import type { TenantScope } from '../../platform/database/tenant-scope.js';
import { PolicyExportRepository } from './data/policy-export.repository.js';

/** Frees expired archives also of tenants that export nothing any more. */
@KeepsHouse()
@Injectable()
export class ExpiredExports implements Housekeeping<TenantScope> {
  constructor(private readonly exports: PolicyExportRepository) {}

  tidy(scope: TenantScope): Promise<void> {
    return this.exports.removeExpired(scope);
  }
}
