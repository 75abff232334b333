import { Injectable } from '@nestjs/common';
import { may, type Role } from '#libs/access-model/src/permissions.js';
import type { RunType } from '#libs/run-kit/src/run-type.js';
import { RoleRequired } from '../../../platform/access/access.guard.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { AccessDenied } from '../../../platform/errors/domain-error.js';
import { RunDetailRepository } from '../data/run-detail.repository.js';
import type { RunRow } from '../data/run-row.js';
import { RunRegistry } from '../registry/run-registry.js';

/** Finds runs, archived ones too, for those who may start their type. */
@Injectable()
export class ControllableRuns {
  constructor(
    private readonly runs: RunDetailRepository,
    private readonly registry: RunRegistry,
  ) {}

  /**
   * @throws AccessDenied for a run that is not this tenant's, or of a type that this version does not know
   * @throws RoleRequired for a role that may not start the type
   */
  async find(
    scope: TenantScope,
    role: Role,
    runId: string,
  ): Promise<{ row: RunRow & { archived: boolean }; type: RunType<object> }> {
    const row = await this.runs.find(scope, runId);
    const type = row && this.registry.find(row.type)?.type;
    if (!row || !type) throw new AccessDenied();
    if (!may(role, type.access)) throw new RoleRequired(type.access, role);
    return { row, type };
  }
}
