import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import type { ScheduleView } from '../../../src/modules/schedules/schedule.js';
import { SchedulesService, type ScheduleRequest } from '../../../src/modules/schedules/schedules.service.js';
import { ScheduleTicks } from '../../../src/modules/schedules/work/schedule-ticks.js';
import type { Database } from '../../../src/platform/database/database.js';
import { aMember, aTenant, type TenantRow, type UserRow } from '../../support/builders.js';
import { eventually } from '../../support/eventually.js';
import { testSettings } from '../../support/settings.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';
import { Gate, ManualClock, PairPreparation, startScheduler } from './scheduler.js';

interface RunLine {
  id: string;
  type: string;
  initiator_name: string;
  user_id: string | null;
  status: string;
}

/**
 * Two processes' worth of schedulers and run workers on one PostgreSQL; they fire when they are told to, and the clock,
 * at 10:00:30 UTC when a test begins, is the test's. Each test has a tenant and its manager.
 */
export class TickingSchedulers {
  one!: INestApplicationContext;
  other!: INestApplicationContext;
  tenant!: TenantRow;
  manager!: UserRow;
  readonly clock = new ManualClock(new Date());
  private db!: TestDatabase;

  constructor() {
    beforeAll(async () => {
      this.db = await createTestDatabase();
      this.one = await startScheduler(testSettings(this.db.url), this.clock);
      this.other = await startScheduler(testSettings(this.db.url), this.clock);
    });
    afterAll(async () => {
      await Promise.all([this.one.close(), this.other.close()]);
      await this.db.close();
    });
    beforeEach(async () => {
      this.clock.set('2026-05-12T10:00:30Z');
      this.tenant = await aTenant(this.database);
      this.manager = await aMember(this.database, this.tenant, 'Manager');
    });
    afterEach(async () => {
      for (const app of [this.one, this.other]) app.get(Gate, { strict: false }).release();
      this.pair.next = { left: 'a', right: 'b' };
      await this.database.query('DELETE FROM schedules');
    });
  }

  get database(): Database {
    return this.db.database;
  }

  get schedules(): SchedulesService {
    return this.one.get(SchedulesService, { strict: false });
  }

  /** What `probe.pair` meets in `one` at its next tick. */
  get pair(): PairPreparation {
    return this.one.get(PairPreparation, { strict: false });
  }

  get keeper(): { actor: UserRow['actor']; role: 'Manager' } {
    return { actor: this.manager.actor, role: 'Manager' };
  }

  ticksOf(app: INestApplicationContext): ScheduleTicks {
    return app.get(ScheduleTicks, { strict: false });
  }

  /** Every five minutes, unless `given` says otherwise. */
  aSchedule(given: Partial<ScheduleRequest> = {}): Promise<ScheduleView> {
    return this.schedules.create(this.tenant.scope, this.keeper, {
      name: 'Probe',
      kind: 'probe.note',
      payload: {},
      cron: '*/5 * * * *',
      timeZone: 'UTC',
      enabled: true,
      ...given,
    });
  }

  async lastFiring({ id }: ScheduleView): Promise<ScheduleView['lastFiring']> {
    return (await this.schedules.find(this.tenant.scope, id)).lastFiring;
  }

  runs(): Promise<RunLine[]> {
    return this.database.query<RunLine>(
      'SELECT id, type, initiator_name, user_id, status FROM operation_runs WHERE tenant_id = $1 ORDER BY id',
      [this.tenant.id],
    );
  }

  allDone(): Promise<true> {
    return eventually(async () => (await this.runs()).every(({ status }) => status === 'completed') || undefined);
  }

  /** Runs that start from now on stay active until the test ends. */
  holdRuns(): void {
    for (const app of [this.one, this.other]) app.get(Gate, { strict: false }).close();
  }
}
