import { Injectable } from '@nestjs/common';
import type { Role } from '#libs/access-model/src/permissions.js';
import type { AuditValues } from '../../platform/audit/audit-entry.js';
import { AuditTrail, type AuditEntry } from '../../platform/audit/audit-trail.js';
import type { Actor } from '../../platform/context/actor.js';
import { TenantDatabase } from '../../platform/database/database.js';
import type { TenantScope } from '../../platform/database/tenant-scope.js';
import { AccessDenied } from '../../platform/errors/domain-error.js';
import { decodeCursor, pageOf, type Page } from '../../platform/http/page.js';
import { parseId } from '../../platform/http/parse-id.js';
import { ScheduleRepository } from './data/schedule.repository.js';
import type { ScheduleRow } from './data/schedule-row.js';
import type { SchedulePayload } from './schedule-kinds.js';
import { ScheduleBells } from './schedule-bells.js';
import { ScheduleRules, type Timing } from './schedule-rules.js';
import type { ScheduleView } from './schedule.js';
import { MOST_SCHEDULES, TooManySchedules } from './schedules.errors.js';

/** Who saves a schedule, and what they may start by hand. */
export interface Keeper {
  actor: Actor;
  role: Role;
}

export interface ScheduleRequest {
  name: string;
  kind: string;
  payload: SchedulePayload;
  cron: string;
  timeZone: string;
  enabled: boolean;
}

/** What is to change; what is left out stays. */
export type ScheduleChange = { [Key in Exclude<keyof ScheduleRequest, 'kind'>]?: ScheduleRequest[Key] | undefined };

/** Keeps schedules; the worker process fires them. */
@Injectable()
export class SchedulesService {
  constructor(
    private readonly database: TenantDatabase,
    private readonly schedules: ScheduleRepository,
    private readonly rules: ScheduleRules,
    private readonly bells: ScheduleBells,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Makes a schedule; its first tick is the first one after now.
   * @throws BadCron, BadTimeZone, TooOften, TooManySchedules, and what `ScheduleKinds.check` refuses with
   */
  async create(scope: TenantScope, { actor, role }: Keeper, request: ScheduleRequest): Promise<ScheduleView> {
    const timing = this.rules.timing(request);
    await this.rules.checkWork(scope, role, request.kind, request.payload);
    const row = await this.database.transaction(async () => {
      const createdBy = actor.kind === 'user' ? actor.userId : null;
      const values = { ...request, ...timing, createdBy, createdByName: actor.name };
      const inserted = await this.schedules.insert(scope, values, MOST_SCHEDULES);
      if (!inserted) throw new TooManySchedules();
      await this.record(scope, actor, 'create', inserted, { after: auditedOf(inserted) });
      return inserted;
    });
    await this.bells.follow(row);
    return this.rules.view(row);
  }

  /** Newest first. */
  async list(scope: TenantScope, page: { cursor?: string | undefined; limit: number }): Promise<Page<ScheduleView>> {
    const [before] = decodeCursor(page.cursor, ['id']) ?? [];
    const rows = await this.schedules.page(scope, before === undefined ? undefined : parseId(before), page.limit + 1);
    return pageOf(
      rows,
      page.limit,
      (row) => [row.id],
      (row) => this.rules.view(row),
    );
  }

  /** The next ticks of a timing that nothing keeps yet. @throws BadCron, BadTimeZone, TooOften */
  preview(asked: { cron: string; timeZone: string }): { nextRuns: string[] } {
    return { nextRuns: this.rules.preview(asked).map((time) => time.toISOString()) };
  }

  /** @throws AccessDenied for an id that is not this tenant's. */
  async find(scope: TenantScope, id: string): Promise<ScheduleView> {
    return this.rules.view(found(await this.schedules.find(scope, id)));
  }

  /**
   * Changes a schedule. When its timing changes or it is switched on, it waits for the first tick after now: what it
   * slept through is not made up for.
   * @throws AccessDenied for an id that is not this tenant's; else as {@link create}
   */
  async update(scope: TenantScope, { actor, role }: Keeper, id: string, change: ScheduleChange): Promise<ScheduleView> {
    const row = await this.database.transaction(async () => {
      const before = found(await this.schedules.lock(scope, id));
      const { name = before.name, payload = before.payload, enabled = before.enabled } = change;
      const timing = this.rules.timing({
        cron: change.cron ?? before.cron,
        timeZone: change.timeZone ?? before.time_zone,
      });
      // A kind that this version cannot start any more must still be possible to switch off.
      if (enabled || change.payload) await this.rules.checkWork(scope, role, before.kind, payload);
      const nextTickAt = keepsPace(before, timing, enabled) ? before.next_tick_at : timing.nextTickAt;
      const after = found(await this.schedules.update(scope, id, { name, payload, enabled, ...timing, nextTickAt }));
      await this.record(scope, actor, 'update', after, { before: auditedOf(before), after: auditedOf(after) });
      return after;
    });
    await this.bells.follow(row);
    return this.rules.view(row);
  }

  /** Runs that it started go on. @throws AccessDenied for an id that is not this tenant's. */
  async delete(scope: TenantScope, actor: Actor, id: string): Promise<void> {
    const row = await this.database.transaction(async () => {
      const deleted = found(await this.schedules.delete(scope, id));
      await this.record(scope, actor, 'delete', deleted, { before: auditedOf(deleted) });
      return deleted;
    });
    await this.bells.follow({ ...row, enabled: false });
  }

  private async record(
    scope: TenantScope,
    actor: Actor,
    verb: string,
    row: ScheduleRow,
    change: AuditEntry['change'],
  ): Promise<void> {
    const subject = { subjectType: 'schedule', subjectId: row.id, subjectName: row.name };
    await this.audit.append(scope, actor, { action: `schedule.${verb}`, ...subject, change });
  }
}

/** What the trail keeps of a schedule at a change. */
function auditedOf({ name, cron, time_zone: timeZone, enabled }: ScheduleRow): AuditValues {
  return { name, cron, timeZone, enabled };
}

function found(row: ScheduleRow | undefined): ScheduleRow {
  if (!row) throw new AccessDenied();
  return row;
}

/** Whether a tick that is already waited for, perhaps due, stays as it is. */
function keepsPace(before: ScheduleRow, timing: Timing, enabled: boolean): boolean {
  return before.enabled === enabled && before.cron === timing.cron && before.time_zone === timing.timeZone;
}
