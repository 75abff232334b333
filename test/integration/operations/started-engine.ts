import type { INestApplicationContext } from '@nestjs/common';
import type { Role } from '#libs/access-model/src/permissions.js';
import { MonitoringService } from '../../../src/modules/operations/monitoring.service.js';
import { OperationRunService, type RunView } from '../../../src/modules/operations/operation-run.service.js';
import { DispatchMarks } from '../../../src/modules/operations/start/dispatch-marks.js';
import { RunSweeper } from '../../../src/modules/operations/recovery/run-sweeper.js';
import type { Settings } from '../../../src/platform/config/settings.js';
import { aMember, aTenant, type TenantRow, type UserRow } from '../../support/builders.js';
import { testSettings } from '../../support/settings.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';
import { eventually } from '../../support/eventually.js';
import { ProbeProcessor, ProbeRun, startEngine, type Script } from './engine.js';

/** A tenant with one member who starts probes. */
export interface Starter {
  tenant: TenantRow;
  user: UserRow;
}

/** One engine on a database of its own, with the few calls that its tests are made of. */
export class StartedEngine {
  private subjects = 0;

  private constructor(
    readonly db: TestDatabase,
    readonly context: INestApplicationContext,
    readonly settings: Settings,
    readonly first: Starter,
  ) {}

  static async on(overrides: Partial<Settings>, options: { worker: boolean }): Promise<StartedEngine> {
    const db = await createTestDatabase();
    const settings = testSettings(db.url, overrides);
    const context = await startEngine(settings, options);
    return new StartedEngine(db, context, settings, await starterIn(db));
  }

  get runs(): OperationRunService {
    return this.context.get(OperationRunService, { strict: false });
  }

  get monitoring(): MonitoringService {
    return this.context.get(MonitoringService, { strict: false });
  }

  get sweeper(): RunSweeper {
    return this.context.get(RunSweeper, { strict: false });
  }

  another(): Promise<Starter> {
    return starterIn(this.db);
  }

  follow(script: Script): void {
    this.context.get(ProbeProcessor, { strict: false }).script = script;
  }

  /** Starts a run of a subject of its own, unless one is named. */
  async start(by: Starter = this.first, subject?: string): Promise<RunView> {
    this.subjects += 1;
    const payload = { subject: subject ?? String(this.subjects) };
    const { run } = await this.runs.start(by.tenant.scope, by.user.actor, ProbeRun, payload);
    await this.context.get(DispatchMarks, { strict: false }).write(); // or it comes in the midst of what a test arranges
    return run;
  }

  find(run: { id: string }, of: Starter = this.first): Promise<RunView> {
    return this.monitoring.find(of.tenant.scope, run.id);
  }

  until(run: { id: string }, status: RunView['status'], of: Starter = this.first): Promise<RunView> {
    return eventually(async () => {
      const found = await this.find(run, of);
      return found.status === status ? found : undefined;
    });
  }

  async history(run: { id: string }): Promise<string[]> {
    const { items } = await this.monitoring.events(this.first.tenant.scope, run.id, { limit: 100 });
    return items.map(({ kind }) => kind);
  }

  cancel(run: { id: string }, role: Role = 'Operator'): ReturnType<OperationRunService['cancel']> {
    return this.runs.cancel(this.first.tenant.scope, this.first.user.actor, role, run.id);
  }

  async close(): Promise<void> {
    await this.context.close();
    await this.db.close();
  }
}

async function starterIn(db: TestDatabase): Promise<Starter> {
  const tenant = await aTenant(db.database);
  return { tenant, user: await aMember(db.database, tenant) };
}

/** A gate that a scripted handler waits at; `reached` resolves when one stands there. */
export function gate(): { reached: Promise<void>; wait(signal?: AbortSignal): Promise<void>; open(): void } {
  let open: () => void = () => undefined;
  let arrive: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  const reached = new Promise<void>((resolve) => (arrive = resolve));
  return {
    reached,
    open: () => open(),
    wait: (signal) => {
      arrive();
      if (!signal) return opened;
      return Promise.race([
        opened,
        new Promise<never>((_, reject) => {
          const stop = (): void => reject(signal.reason as Error);
          if (signal.aborted) stop();
          signal.addEventListener('abort', stop, { once: true });
        }),
      ]);
    },
  };
}
