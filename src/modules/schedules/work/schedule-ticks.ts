import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { SYSTEM } from '../../../platform/context/actor.js';
import { runInContext } from '../../../platform/context/request-context.js';
import { stackOf } from '../../../platform/logging/stack-of.js';
import { nextCronTime } from '../../../platform/queue/cron-times.js';
import { OperationRunService } from '../../operations/operation-run.service.js';
import type { ScheduleRow } from '../data/schedule-row.js';
import { ScheduleTickRepository, type TickNote } from '../data/schedule-tick.repository.js';
import { ScheduleClock } from '../schedule-clock.js';
import { ScheduleKinds } from '../schedule-kinds.js';
import { scopeOfSchedule } from '../schedule-scope.js';
import { ScheduleTimings } from '../schedule-timings.js';
import { refusalNote } from './refusal-note.js';

/**
 * Fires schedules. A tick is taken in the row before anything is started, so it fires once however many bells, workers
 * and looks find it due; ticks that were missed are one tick, because the row waits for one only. A worker that dies
 * with a tick in hand leaves it to {@link lookForInterrupted}: it is then started again, and the run's own dedupe
 * answers the run that was started before, if it is still active.
 */
@Injectable()
export class ScheduleTicks {
  private readonly log = new Logger(ScheduleTicks.name);

  constructor(
    private readonly ticks: ScheduleTickRepository,
    private readonly kinds: ScheduleKinds,
    private readonly operations: OperationRunService,
    private readonly clock: ScheduleClock,
    private readonly timings: ScheduleTimings,
  ) {}

  /** A bell rang: on time, late, twice or for nothing. The row decides. */
  async ring(scheduleId: string): Promise<void> {
    const due = await this.ticks.findDue(scheduleId, this.shifted(this.timings.early));
    if (due) await this.fire(due);
  }

  /** Fires what is due without a bell. Answers how many ticks this call took. */
  async lookForDue(): Promise<number> {
    return this.each(
      () => this.ticks.due(this.clock.now()),
      (row) => this.fire(row),
    );
  }

  /** Ends ticks whose worker was lost in the act. Answers how many this call took over. */
  async lookForInterrupted(): Promise<number> {
    return this.each(
      () => this.ticks.interrupted(this.shifted(-this.timings.interrupted)),
      async (row) => {
        const taken = await this.ticks.takeOver(row, this.clock.now());
        if (taken) await this.start(taken);
        return taken !== undefined;
      },
    );
  }

  private async each(
    look: () => Promise<ScheduleRow[]>,
    take: (row: ScheduleRow) => Promise<boolean>,
  ): Promise<number> {
    let taken = 0;
    for (;;) {
      let progress = 0;
      for (const row of await look()) if (await this.alone(row, take)) progress += 1;
      if (progress === 0) return taken;
      taken += progress;
    }
  }

  /** One row that cannot be acted on must not stand in front of the others for ever. */
  private async alone(row: ScheduleRow, take: (row: ScheduleRow) => Promise<boolean>): Promise<boolean> {
    try {
      return await take(row);
    } catch (error) {
      this.log.error(`schedule ${row.id} could not be fired: ${error instanceof Error ? error.name : 'unknown error'}`);
      return false;
    }
  }

  private async fire(due: ScheduleRow): Promise<boolean> {
    const now = this.clock.now();
    const after = due.next_tick_at > now ? due.next_tick_at : now;
    const taken = await this.ticks.take(due, now, nextCronTime(due.cron, due.time_zone, after));
    if (taken) await this.start(taken);
    return taken !== undefined;
  }

  private async start(taken: ScheduleRow): Promise<void> {
    const note = await this.attempt(taken);
    await this.ticks.settle(taken, note);
    this.log.log(`schedule ${taken.id} (${taken.kind}): ${note.code ?? note.result}`);
  }

  private async attempt(taken: ScheduleRow): Promise<TickNote> {
    if (!taken.enabled) return { result: 'refused', code: 'schedules.interrupted', runId: null };
    const scope = scopeOfSchedule(taken);
    try {
      const { type, payload } = await this.kinds.prepare(scope, taken.kind, taken.payload);
      const context = { correlationId: randomUUID(), actor: SYSTEM, tenantId: scope.tenantId };
      const { run, created } = await runInContext(context, () => this.operations.start(scope, SYSTEM, type, payload));
      return { result: created ? 'started' : 'already_running', code: null, runId: run.id };
    } catch (error) {
      const note = refusalNote(error);
      if (note.code === 'internal.error') {
        this.log.error(`schedule ${taken.id} could not start its run`, stackOf(error));
      }
      return note;
    }
  }

  private shifted(milliseconds: number): Date {
    return new Date(this.clock.now().getTime() + milliseconds);
  }
}
