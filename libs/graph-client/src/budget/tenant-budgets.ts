import type { GraphBudget } from '../catalogue/policy-type.js';
import type { GraphLimits } from '../graph-limits.js';
import type { GraphClock } from '../time/graph-clock.js';
import { RequestBudget, type RequestCost } from './request-budget.js';

/**
 * One tenant's shares of Graph's published limits, each workload for itself: a throttled directory does not hold Intune
 * up. Clients of the same tenant in one process should share one, since the limits count per app and tenant.
 */
export class TenantBudgets {
  private readonly budgets: Readonly<Record<GraphBudget, RequestBudget>>;

  constructor(limits: GraphLimits, clock: GraphClock) {
    this.budgets = {
      intune: new RequestBudget(limits, clock),
      conditionalAccess: new RequestBudget(
        { requestsPerWindow: 1, writesPerWindow: 1, windowMs: limits.conditionalAccessWindowMs },
        clock,
      ),
      directory: new RequestBudget(
        {
          requestsPerWindow: limits.directoryUnitsPerWindow,
          writesPerWindow: limits.directoryWritesPerWindow,
          windowMs: limits.directoryWindowMs,
        },
        clock,
      ),
    };
  }

  /** Resolves when the call may go out; rejects with the signal's reason when that aborts first. */
  acquire({ budget, units, writes }: RequestCost, signal?: AbortSignal): Promise<void> {
    return this.budgets[budget].acquire({ requests: units, writes }, signal);
  }

  /** Lets nothing of a workload out for `ms`. See {@link RequestBudget.hold}. */
  hold(budget: GraphBudget, ms: number): void {
    this.budgets[budget].hold(ms);
  }
}
