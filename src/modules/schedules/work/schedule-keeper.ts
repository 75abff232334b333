import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { SparingWarnings } from '../../../platform/logging/sparing-warnings.js';
import { JobScheduler } from '../../../platform/queue/job-scheduler.js';
import { ScheduleBells } from '../schedule-bells.js';
import { ScheduleClock } from '../schedule-clock.js';
import { ScheduleTimings } from '../schedule-timings.js';
import { ScheduleTicks } from './schedule-ticks.js';

/**
 * Answers the bells, and looks by itself: for ticks without a bell, ticks without an end, bells without a row and rows
 * without a bell. Every look starts from the rows alone, so any number of workers may look at any time.
 */
@Injectable()
export class ScheduleKeeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(ScheduleKeeper.name);
  private readonly warnings = new SparingWarnings(this.log);
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> = Promise.resolve();
  private stopped = false;
  private reconciledAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly scheduler: JobScheduler,
    private readonly ticks: ScheduleTicks,
    private readonly bells: ScheduleBells,
    private readonly clock: ScheduleClock,
    private readonly timings: ScheduleTimings,
  ) {}

  /** The first look makes up for the time in which no worker was there. */
  async onApplicationBootstrap(): Promise<void> {
    await this.scheduler.listen((id) => this.answer(id));
    this.lookIn(0);
  }

  /** Ends while database and transport still stand, so that a tick in hand is settled. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await Promise.all([this.scheduler.stopListening(), this.looking]);
  }

  private async answer(id: string): Promise<void> {
    try {
      await this.ticks.ring(id);
    } catch (error) {
      this.warnings.warn('a bell was not answered', error); // the row is still due, and the next look finds it
    }
  }

  private lookIn(milliseconds: number): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.looking = this.look().finally(() => this.lookIn(spread(this.timings.look)));
    }, milliseconds);
    this.timer.unref();
  }

  private async look(): Promise<void> {
    await this.step('due schedules', () => this.ticks.lookForDue());
    await this.step('interrupted ticks', () => this.ticks.lookForInterrupted());
    await this.step('the bells', () => this.reconcile());
  }

  private async reconcile(): Promise<void> {
    const now = this.clock.now();
    const due = now.getTime() - this.reconciledAt >= this.timings.reconcile;
    if (!due && (await this.bells.complete())) return;
    const { hung, takenDown } = await this.bells.reconcile(now);
    this.reconciledAt = now.getTime();
    if (hung + takenDown > 0) this.log.log(`bells put right: ${hung} hung, ${takenDown} taken down`);
  }

  /** One that fails leaves the others their turn, and comes again with the next look. */
  private async step(what: string, work: () => Promise<unknown>): Promise<void> {
    if (this.stopped) return;
    try {
      await work();
    } catch (error) {
      this.warnings.warn(`could not look after ${what}`, error);
    }
  }
}

/** Up to a tenth less, so that workers that were started together do not look together for ever. */
function spread(milliseconds: number): number {
  return milliseconds * (1 - Math.random() / 10);
}
