import { OperationRunService } from '../../../src/modules/operations/operation-run.service.js';
import { SYSTEM } from '../../../src/platform/context/actor.js';
import { aMember, aTenant, type TenantRow, type UserRow } from '../../support/builders.js';
import { Clock } from './properties-clock.js';
import { chosen, SUBJECTS, TENANTS, type Action, type Step } from './properties-commands.js';
import { QUEUE, RUN_TYPES, type FaultyEngine } from './properties-engine.js';
import { checkInvariants, InvariantBroken } from './properties-invariants.js';
import { RowLocks } from './properties-locks.js';
import { UnderWay } from './properties-under-way.js';
import { Workers } from './properties-workers.js';

interface KnownRun {
  id: string;
  by: number;
}

type Beginning = Extract<Action, { subject: number }>;
type OnRun = Extract<Action, { run: number }>;

/** Rounds of sweep and work in which everything has to come to its end once nothing goes wrong any more. */
const ROUNDS = 12;
const HOUR_MS = 3_600_000;
/** Runs that actions choose from: older ones are mostly completed, and then nothing happens. */
const RECENT = 5;

/** Three tenants of one property's case, and the runs started there. */
export class World {
  private readonly runs: KnownRun[] = [];
  private readonly workers: Workers;
  private readonly clock: Clock;
  private readonly locks: RowLocks;
  private readonly underWay: UnderWay;

  private constructor(
    private readonly engine: FaultyEngine,
    private readonly members: readonly { tenant: TenantRow; user: UserRow }[],
  ) {
    this.clock = new Clock(
      engine.db.database,
      members.map(({ tenant }) => tenant.id),
    );
    this.workers = new Workers(engine, this.clock);
    this.locks = new RowLocks(engine.db);
    this.underWay = new UnderWay(this.locks);
  }

  /** Plays a case in a world of its own. */
  static async within(engine: FaultyEngine, play: (world: World) => Promise<void>): Promise<void> {
    const world = await World.in(engine);
    try {
      await play(world);
    } finally {
      await world.leave();
    }
  }

  private static async in(engine: FaultyEngine): Promise<World> {
    const members = [];
    for (let n = 0; n < TENANTS; n += 1) {
      const tenant = await aTenant(engine.db.database);
      members.push({ tenant, user: await aMember(engine.db.database, tenant) });
    }
    return new World(engine, members);
  }

  /**
   * Does the actions at once; those that then wait for a row that is held are still under way in the next step. What goes
   * wrong because of the faults of its steps is expected; anything else is not.
   */
  async take({ together, faults }: Step): Promise<void> {
    const { transport, connections } = this.engine;
    for (const fault of faults) {
      if (fault.at === 'ring') transport.plan(fault.how);
      else connections.plan(fault.how);
    }
    this.underWay.begin(
      together.map((action) => () => this.perform(action)),
      faults,
    );
    await this.underWay.rest();
    transport.heal();
    connections.heal();
    await this.locks.stepPassed();
    await this.goOn();
  }

  /** Nobody holds a row any more, and all that waited for one goes on. */
  async letRowsGo(): Promise<void> {
    await this.underWay.finish();
    await this.goOn();
  }

  private async goOn(): Promise<void> {
    await this.underWay.rest();
    this.underWay.throwUnexpected();
    await this.check();
  }

  check(): Promise<void> {
    return checkInvariants(
      this.engine.db.database,
      this.members.map(({ tenant }) => tenant.id),
    );
  }

  /** As a flushed Redis does. */
  async loseRings(): Promise<void> {
    const { inspector } = this.engine;
    await inspector.discard(QUEUE, await inspector.waitingRings(QUEUE, 100));
  }

  /** L1: without faults and without people, every run comes to its end. */
  async settle(): Promise<void> {
    for (let round = 0; round < ROUNDS; round += 1) {
      if ((await this.active()).length === 0) return;
      await this.clock.passAll();
      await this.workers.sweep();
      await this.check();
      await this.workers.workAll();
      await this.check();
    }
    const stuck = await this.active();
    if (stuck.length > 0) throw new InvariantBroken(`L1: every run comes to its end: ${JSON.stringify(stuck)}`);
  }

  /** Where no ring was lost, every run comes to its end by the rings alone, without the sweep. */
  async settleByRings(): Promise<void> {
    await this.workers.workOff();
    await this.check();
    const left = (await this.active()).filter(({ held_until }) => held_until === null);
    if (left.length > 0)
      throw new InvariantBroken(`RING: no queued run is left without a ring: ${JSON.stringify(left)}`);
  }

  /** Leaves nothing behind that the next case would work, ring for or wait for, even if this one failed half-way. */
  private async leave(): Promise<void> {
    await this.underWay.finish();
    await this.clock.holdForever();
    await this.loseRings();
  }

  private async perform(action: Action): Promise<void> {
    switch (action.do) {
      case 'start':
      case 'hold':
        return void (await this.begin(action));
      case 'collide':
        return this.collide(action);
      case 'letGo':
      case 'cancel':
      case 'retry':
      case 'expire':
      case 'takeTwice':
      case 'holdRow':
        return this.withRun(action);
      case 'take':
        return void (await this.workers.ring(action.twice));
      case 'rush':
        return this.rush(action.tenant, action.type);
      case 'beat':
      case 'work':
      case 'finishAgain':
      case 'overtake':
      case 'wakeLate':
        return this.workers.withLease(action);
      case 'age':
        return this.clock.age();
      case 'sweep':
        return this.workers.sweep();
      case 'loseRings':
        return this.loseRings();
      case 'deliverLate':
        return this.engine.transport.deliverLate();
    }
  }

  private async begin({ do: how, tenant: by, subject, type, bySystem }: Beginning): Promise<string> {
    const member = chosen(this.members, by);
    const runs = this.engine.context.get(OperationRunService);
    const args = [
      member.tenant.scope,
      bySystem ? SYSTEM : member.user.actor,
      chosen(RUN_TYPES, type),
      { subject: String(subject) },
    ] as const;
    const begun = how === 'hold' ? runs.hold(...args, new Date(Date.now() + HOUR_MS)) : runs.start(...args);
    const { run } = await begun;
    if (!this.runs.some(({ id }) => id === run.id)) this.runs.push({ id: run.id, by });
    return run.id;
  }

  /** I6, the other half: concurrent callers get the id of the one run; whoever is refused gets none. */
  private async collide(action: Beginning): Promise<void> {
    const answers = await Promise.allSettled(Array.from({ length: 5 }, () => this.begin(action)));
    const ids = [...new Set(answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : [])))];
    const active = await this.engine.db.database.query<{ id: string }>(
      `SELECT id FROM operation_runs WHERE id = ANY ($1::bigint[]) AND status <> 'completed'`,
      [ids],
    );
    if (active.length > 1) throw new InvariantBroken(`I6: concurrent callers got ${ids.join(' and ')}, both active.`);
    const refused = answers.find((answer) => answer.status === 'rejected');
    if (refused) throw refused.reason;
  }

  /** More runs of one lane than may work at once, and more workers that reach for them. */
  private async rush(tenant: number, type: number): Promise<void> {
    const subjects = Array.from({ length: SUBJECTS }, (_, subject) => subject);
    await Promise.all(subjects.map((subject) => this.begin({ do: 'start', tenant, subject, type, bySystem: false })));
    await this.workers.rush();
  }

  private async withRun(action: OnRun): Promise<void> {
    if (this.runs.length === 0) return;
    const { id, by } = chosen(this.runs.slice(-RECENT), action.run);
    const { tenant, user } = chosen(this.members, by);
    const runs = this.engine.context.get(OperationRunService);
    switch (action.do) {
      case 'letGo':
        return void (await runs.release(tenant.scope, user.actor, id));
      case 'cancel':
        return void (await runs.cancel(tenant.scope, user.actor, 'Operator', id));
      case 'retry': {
        const { run } = await runs.retry(tenant.scope, user.actor, 'Operator', id);
        return void this.runs.push({ id: run.id, by });
      }
      case 'expire':
        return this.clock.expire(id);
      case 'holdRow':
        return this.locks.hold(id, action.steps, action.writes);
      case 'takeTwice':
        return void (await Promise.all([this.workers.claim(id), this.workers.claim(id)]));
    }
  }

  private active(): Promise<{ id: string; held_until: Date | null }[]> {
    return this.engine.db.database.query(
      `SELECT id, type, status, dispatch_seq, dispatched_at, lease_epoch, attempt, held_until, cancel_requested_at
       FROM operation_runs WHERE status <> 'completed' AND tenant_id = ANY ($1)`,
      [this.members.map(({ tenant }) => tenant.id)],
    );
  }
}
