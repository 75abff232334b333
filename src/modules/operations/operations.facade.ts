import { Injectable } from '@nestjs/common';
import type { TenantScope } from '../../platform/database/tenant-scope.js';
import { FailureCatalogue } from './failures/failure-catalogue.js';
import { MonitoringService } from './monitoring.service.js';
import type { RunView } from './run-view.js';

/** What other modules may read of operations; they start and end work through `OperationRunService`. */
@Injectable()
export class OperationsFacade {
  constructor(
    private readonly monitoring: MonitoringService,
    private readonly failures: FailureCatalogue,
  ) {}

  /** The tenant's newest completed runs of a kind, `most` (100 at most) of them, newest first. */
  async completedRuns(scope: TenantScope, kind: string, most: number): Promise<RunView[]> {
    const page = await this.monitoring.list(scope, { type: [kind], status: ['completed'], limit: most });
    return page.items;
  }

  /** The tenant's queued and running runs, newest first, 50 at most. */
  async activeRuns(scope: TenantScope): Promise<RunView[]> {
    return (await this.monitoring.active(scope, undefined)).items;
  }

  /** Those of `runIds` that are the tenant's and in its lists; archived ones are not. */
  async listed(scope: TenantScope, runIds: readonly string[]): Promise<ReadonlySet<string>> {
    return new Set(await this.monitoring.listed(scope, runIds));
  }

  /** The catalogue's sentence for a reason code; an unknown code has that of `internal.error`. */
  sentenceOf(reasonCode: string): string {
    return this.failures.failure(reasonCode).message;
  }
}
