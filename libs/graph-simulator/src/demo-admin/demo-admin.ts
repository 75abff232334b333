import { Dice } from '../demo/generated/dice.js';
import type { Actor } from '../store/audit-trail.js';
import type { TenantStore } from '../store/tenant-store.js';
import { changeAssignment } from './change-assignment.js';
import { copyPolicy, removeCopy } from './copy-policy.js';
import type { Edit } from './edit.js';
import { renamePolicy } from './rename-policy.js';
import { toggleSetting } from './toggle-setting.js';

/** What to do first, second, ..., and then again: mostly settings, as in real tenants. */
const ROUND: readonly Edit[] = [
  toggleSetting,
  changeAssignment,
  copyPolicy,
  toggleSetting,
  renamePolicy,
  toggleSetting,
  removeCopy,
  toggleSetting,
  changeAssignment,
  toggleSetting,
];

/** Edits at the first pace; after these, every three more double the pause. */
const BRISK = 4;
const LONGEST_PAUSE_MS = 4 * 3_600_000;

export interface DemoAdminOptions {
  /** The pause before the first edits; later ones are longer. */
  intervalMs: number;
  /** What is chosen follows from it and the tenant alone. */
  seed?: string;
}

export interface DemoAdminParts {
  tenants: readonly TenantStore[];
  /** Whether anybody has read the tenant's policies yet. */
  wasRead(tenant: TenantStore): boolean;
  log(line: string): void;
}

interface Work {
  tenant: TenantStore;
  actor: Actor;
  dice: Dice;
  added: string[];
  edits: number;
  /** Undefined until somebody has read the tenant: before that, nobody could see a difference. */
  nextAt: number | undefined;
}

/**
 * An admin who edits policies of the demo tenants now and then, so that there is drift to be found. The pauses grow: some
 * edits in the first quarter of an hour, a few a day later on. A tenant that is changed over the control API is somebody
 * else's from then on.
 */
export class DemoAdmin {
  private readonly work: Map<string, Work>;

  constructor(
    private readonly options: DemoAdminOptions,
    private readonly parts: DemoAdminParts,
  ) {
    this.work = new Map(
      parts.tenants.map((tenant) => [
        tenant.entraTenantId,
        {
          tenant,
          actor: adminOf(tenant),
          dice: new Dice(`${options.seed ?? 'demo admin'} ${tenant.entraTenantId}`),
          added: [],
          edits: 0,
          nextAt: undefined,
        },
      ]),
    );
  }

  /** Leaves this tenant alone for good. */
  leave(tenant: TenantStore): void {
    this.work.delete(tenant.entraTenantId);
  }

  /** Makes the edits that are due at `now`, milliseconds since 1970; one for a tenant, however late it is. */
  look(now: number): void {
    for (const work of this.work.values()) {
      if (work.nextAt === undefined) {
        if (this.parts.wasRead(work.tenant)) work.nextAt = now + this.pauseAfter(0);
      } else if (now >= work.nextAt) {
        this.edit(work, now);
        work.nextAt = now + this.pauseAfter(work.edits);
      }
    }
  }

  private edit(work: Work, now: number): void {
    const { tenant, actor, dice, added } = work;
    const planned = ROUND[work.edits % ROUND.length] ?? toggleSetting;
    work.edits += 1;
    const hand = { tenant, actor, dice, now, added };
    const done = planned(hand) ?? toggleSetting(hand);
    if (done !== undefined) this.parts.log(`${actor.userPrincipalName ?? ''} ${done}.`);
  }

  private pauseAfter(edits: number): number {
    const doublings = Math.max(0, Math.ceil((edits - BRISK + 1) / 3));
    return Math.max(this.options.intervalMs, Math.min(this.options.intervalMs * 2 ** doublings, LONGEST_PAUSE_MS));
  }
}

/** The tenant's second user, since unnamed changes over the control API are the first one's. */
function adminOf({ users, name }: TenantStore): Actor {
  const user = users[1] ?? users[0];
  return {
    userPrincipalName: user?.userPrincipalName ?? `admin@${name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')}.example`,
    userId: user?.id ?? null,
  };
}
