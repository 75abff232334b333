import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { ScheduleBells } from './schedule-bells.js';
import { ScheduleClock } from './schedule-clock.js';

/**
 * Where the bells at the transport are not what the schedules say.
 *
 * - `bell_missing`: the schedule is on and has no bell.
 * - `bell_moved`: its bell rings at other times, or in another time zone.
 * - `bell_late`: its bell should have rung a minute ago and more.
 * - `bell_stale`: a bell of a schedule that is off or gone.
 */
export const BELL_DIVERGENCE_KINDS = ['bell_missing', 'bell_moved', 'bell_late', 'bell_stale'] as const;
export type BellDivergenceKind = (typeof BELL_DIVERGENCE_KINDS)[number];

export interface BellDivergence {
  kind: BellDivergenceKind;
  scheduleIds: string[];
}

/** A schedule that was just saved has its bell after this. */
const SECOND_LOOK_MS = 400;

/**
 * Says for the operator where bells and schedules do not agree, over all tenants, and makes them agree as a worker does
 * at its start and every few minutes.
 */
@Injectable()
export class BellDoctor {
  constructor(
    private readonly bells: ScheduleBells,
    private readonly clock: ScheduleClock,
  ) {}

  /** Only what two looks find is told: bells and rows are read one after the other while people change schedules. */
  async examine(): Promise<BellDivergence[]> {
    const first = await this.look();
    if (first.length === 0) return [];
    await wait(SECOND_LOOK_MS);
    const second = await this.look();
    return second.flatMap(({ kind, scheduleIds }) => {
      const before = first.find((divergence) => divergence.kind === kind)?.scheduleIds;
      const stood = scheduleIds.filter((id) => before?.includes(id));
      return stood.length === 0 ? [] : [{ kind, scheduleIds: stood }];
    });
  }

  /** Answers how many bells were hung anew, and how many taken down. */
  repair(): Promise<{ hung: number; takenDown: number }> {
    return this.bells.reconcile(this.clock.now());
  }

  private async look(): Promise<BellDivergence[]> {
    const { missing, moved, late, stale } = await this.bells.differences(this.clock.now());
    const idsOf = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id);
    const found: readonly BellDivergence[] = [
      { kind: 'bell_missing', scheduleIds: idsOf(missing) },
      { kind: 'bell_moved', scheduleIds: idsOf(moved) },
      { kind: 'bell_late', scheduleIds: idsOf(late) },
      { kind: 'bell_stale', scheduleIds: [...stale].sort() },
    ];
    return found.filter(({ scheduleIds }) => scheduleIds.length > 0);
  }
}
