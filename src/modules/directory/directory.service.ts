import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/context/actor.js';
import type { TenantScope } from '../../platform/database/tenant-scope.js';
import { OperationRunService, type StartedRun } from '../operations/operation-run.service.js';
import { DirectoryGroupsSync } from './runs/directory-groups-sync.run-type.js';

/** Starts group syncs. */
@Injectable()
export class DirectoryService {
  constructor(private readonly operations: OperationRunService) {}

  /**
   * Starts a sync of the tenant's groups; an equal one that is active is answered instead.
   * @param full read all groups instead of what has changed
   */
  startSync(scope: TenantScope, actor: Actor, full: boolean): Promise<StartedRun> {
    return this.operations.start(scope, actor, DirectoryGroupsSync, full ? { full } : {});
  }
}
