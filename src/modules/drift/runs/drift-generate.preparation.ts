import { Injectable } from '@nestjs/common';
import { PreparesScheduled, type RunPreparation } from '#libs/run-kit/src/run-preparation.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { DriftService } from '../drift.service.js';
import { DriftGenerate, type DriftGeneratePayload, type DriftScheduleRequest } from './drift-generate.run-type.js';

/** Chooses at each tick of a schedule what is to be compared then, as a person's start does. */
@PreparesScheduled(DriftGenerate)
@Injectable()
export class DriftGeneratePreparation implements RunPreparation<
  DriftScheduleRequest,
  DriftGeneratePayload,
  TenantScope
> {
  constructor(private readonly drift: DriftService) {}

  /** @throws NotEnoughRuns while there is no pair to compare */
  prepare(scope: TenantScope, { scopeKey }: DriftScheduleRequest): Promise<DriftGeneratePayload> {
    return this.drift.choose(scope, { scopeKey });
  }
}
