import type { Dice } from './dice.js';

/** How one object is assigned. */
export interface AssignmentPlan {
  assigned: boolean;
  exclusion: boolean;
  filter: boolean;
  /** One of its groups no longer exists. */
  deletedGroup: boolean;
  /** Unassigned because nobody needs it any more. */
  leftover: boolean;
}

/**
 * Of every forty objects that can be assigned, dealt in two halves so that small tenants get their shares, too: 28 are (70 %),
 * 5 with an excluded group (12.5 %), 10 with a filter, of which types without filters leave about 8 (20 %); of the others 3
 * are leftovers (7.5 %), the rest drafts and things in reserve. One in 120 names a deleted group.
 */
const BLOCK = 20;
const ASSIGNED = 14;
const EXCLUSIONS = [3, 2];
const FILTERS = 5;
const LEFTOVERS = [1, 2];
const BLOCKS_PER_DELETED_GROUP = 6;

/** Deals plans so that the shares are met in small tenants too, where drawing each by chance would miss them. */
export class AssignmentDeck {
  private hand: AssignmentPlan[] = [];
  private blocks = 0;
  private filtersOwed = 0;

  constructor(private readonly dice: Dice) {}

  /** A filter that the type or the tenant cannot have is given to a later object that can. */
  draw(filterable: boolean): AssignmentPlan {
    if (this.hand.length === 0) this.hand = this.block();
    const plan = this.hand.pop() as AssignmentPlan;
    if (plan.filter && !filterable) {
      this.filtersOwed += 1;
      return { ...plan, filter: false };
    }
    if (filterable && plan.assigned && !plan.filter && this.filtersOwed > 0 && this.dice.chance(0.15)) {
      this.filtersOwed -= 1;
      return { ...plan, filter: true };
    }
    return plan;
  }

  private block(): AssignmentPlan[] {
    const half = this.blocks % 2;
    const withDeletedGroup = this.blocks % BLOCKS_PER_DELETED_GROUP === 0;
    this.blocks += 1;
    const exclusions = EXCLUSIONS[half] ?? 0;
    const leftovers = LEFTOVERS[half] ?? 0;
    const plans = Array.from({ length: BLOCK }, (_, at): AssignmentPlan => ({
      assigned: at < ASSIGNED,
      exclusion: at < exclusions,
      // One object has both, an excluded group and a filter.
      filter: at >= exclusions - 1 && at < exclusions - 1 + FILTERS,
      deletedGroup: withDeletedGroup && at === ASSIGNED - 1,
      leftover: at >= BLOCK - leftovers,
    }));
    return this.dice.shuffled(plans);
  }
}
