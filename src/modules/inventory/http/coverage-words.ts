import { Injectable } from '@nestjs/common';
import { OperationsFacade } from '../../operations/operations.facade.js';
import type { PolicyDetailDto, SyncRunDto } from './inventory.dto.js';

/**
 * Puts the failure catalogue's sentence beside the reason code of a coverage. It is said when it is read, so that the
 * rows hold codes alone and a better sentence helps with old sync runs too.
 */
@Injectable()
export class CoverageWords {
  constructor(private readonly operations: OperationsFacade) {}

  ofSyncRun(run: SyncRunDto): SyncRunDto {
    return { ...run, coverage: run.coverage.map((coverage) => this.explained(coverage)) };
  }

  ofPolicy(policy: PolicyDetailDto): PolicyDetailDto {
    return { ...policy, coverage: policy.coverage && this.explained(policy.coverage) };
  }

  private explained<Coverage extends { reasonCode: string | null }>(
    coverage: Coverage,
  ): Coverage & { reason?: string } {
    const { reasonCode } = coverage;
    return reasonCode === null ? coverage : { ...coverage, reason: this.operations.sentenceOf(reasonCode) };
  }
}
