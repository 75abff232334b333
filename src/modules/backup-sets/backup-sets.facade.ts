import { Injectable } from '@nestjs/common';
import type { TenantScope } from '../../platform/database/tenant-scope.js';
import { SetHealthRepository } from './data/set-health.repository.js';

/** What a tenant could be restored from. Times are ISO 8601 in UTC. */
export interface BackupHealth {
  /** Whether there is a set at all, be it empty. */
  hasSets: boolean;
  /** Whether a set holds something. */
  hasPolicies: boolean;
  /** The newest set of which every policy was read to the end; `takenAt` is when its last policy was added. */
  lastComplete: { id: string; name: string; policies: number; takenAt: string } | null;
}

/** The door of `backup-sets` for other modules. */
@Injectable()
export class BackupSetsFacade {
  constructor(private readonly sets: SetHealthRepository) {}

  async health(scope: TenantScope): Promise<BackupHealth> {
    const [any, complete] = await Promise.all([this.sets.any(scope), this.sets.newestComplete(scope)]);
    return {
      hasSets: any.set,
      hasPolicies: any.filled,
      lastComplete: complete
        ? {
            id: complete.id,
            name: complete.name,
            policies: complete.policies,
            takenAt: complete.taken_at.toISOString(),
          }
        : null,
    };
  }
}
