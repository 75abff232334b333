import { Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Role } from '#libs/access-model/src/permissions.js';
import { Access, CurrentActor, CurrentRole, Scope } from '../../../platform/access/access.decorator.js';
import type { Actor } from '../../../platform/context/actor.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { parseId } from '../../../platform/http/parse-id.js';
import { OperationRunService, type StartedRun } from '../operation-run.service.js';
import { StartsRun } from '../starts-run.decorator.js';

/**
 * What feature pages offer for a run that they started; the Monitoring hub stays view-only. The permission here is the
 * least of all: the run's own type decides.
 */
@ApiTags('operations')
@Controller('tenants/:tenantId/operations/:runId')
@Access('operations:cancel')
export class RunControlController {
  constructor(private readonly runs: OperationRunService) {}

  /** Answers at once; a running run ends as cancelled when its handler listens. */
  @Post('cancel')
  @StartsRun()
  cancel(
    @Scope() scope: TenantScope,
    @CurrentActor() actor: Actor,
    @CurrentRole() role: Role,
    @Param('runId') runId: string,
  ): Promise<StartedRun> {
    return this.runs.cancel(scope, actor, role, parseId(runId));
  }

  /** A row of its own that names the old one in `retryOf`. */
  @Post('retry')
  @StartsRun()
  retry(
    @Scope() scope: TenantScope,
    @CurrentActor() actor: Actor,
    @CurrentRole() role: Role,
    @Param('runId') runId: string,
  ): Promise<StartedRun> {
    return this.runs.retry(scope, actor, role, parseId(runId));
  }
}
