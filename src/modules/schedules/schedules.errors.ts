import { DomainError, type FieldFault } from '../../platform/errors/domain-error.js';

/** Ticks closer than this would pile up behind the work that they start. */
export const LEAST_MINUTES_BETWEEN_TICKS = 5;

/** More would be a mistake in a script; ten times what a tenant with a schedule for each purpose needs. */
export const MOST_SCHEDULES = 100;

export class BadCron extends DomainError {
  constructor() {
    const message = 'must be a cron expression of five fields: minute, hour, day of month, month, day of week';
    super('schedules.bad_cron', 'unprocessable', 'The cron expression cannot be used; see errors.', {
      errors: [{ field: 'cron', message }],
    });
  }
}

export class TooOften extends DomainError {
  constructor() {
    const message = `must leave at least ${LEAST_MINUTES_BETWEEN_TICKS} minutes between two ticks`;
    super('schedules.too_often', 'unprocessable', 'The cron expression ticks too often; see errors.', {
      errors: [{ field: 'cron', message }],
    });
  }
}

export class BadTimeZone extends DomainError {
  constructor() {
    const message = 'must be a name of the IANA time zone database, for example Europe/Berlin or UTC';
    super('schedules.bad_time_zone', 'unprocessable', 'The time zone is not known; see errors.', {
      errors: [{ field: 'timeZone', message }],
    });
  }
}

/** The kind names no run type, or one that only a person may start. */
export class KindNotSchedulable extends DomainError {
  constructor() {
    const message = 'cannot be put on a schedule; what can is at schedules/kinds';
    super('schedules.kind_not_schedulable', 'unprocessable', 'This kind cannot be put on a schedule.', {
      errors: [{ field: 'kind', message }],
    });
  }
}

/** What the schedule keeps does not fit its kind; at a tick: does not fit it any more. */
export class BadSchedulePayload extends DomainError {
  constructor(errors: readonly FieldFault[]) {
    super('schedules.bad_payload', 'unprocessable', 'What is to be started is not valid for this kind; see errors.', {
      errors,
    });
  }
}

export class TooManySchedules extends DomainError {
  constructor() {
    super(
      'schedules.too_many',
      'conflict',
      `A tenant keeps ${MOST_SCHEDULES} schedules at most. Delete one that is not needed any more.`,
    );
  }
}

/** The sentences of refused ticks that belong to no run type. One sentence each, with a next step. */
export const TICK_REASONS: Readonly<Record<string, string>> = {
  'dispatch.unavailable': 'The work could not be handed to a worker. The next tick tries again.',
  'operations.start_contended': 'This was started many times at once. The next tick tries again.',
  'schedules.kind_not_schedulable': 'This version cannot start this kind by itself. Delete the schedule.',
  'schedules.bad_payload': 'What is to be started is not valid for this version any more. Save the schedule again.',
  'schedules.interrupted': 'The worker was lost while the schedule was being switched off. Nothing is to be done.',
  'internal.error': 'Something went wrong on our side. The next tick tries again; report it if it happens twice.',
};
