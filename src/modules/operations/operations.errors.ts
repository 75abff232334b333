import { DomainError } from '../../platform/errors/domain-error.js';
import type { StartedRun } from './run-view.js';

/** The run was recorded but no worker could be told; it is already completed as failed, and the caller gets it. */
export class DispatchUnavailable extends DomainError {
  constructor(started: StartedRun) {
    super('dispatch.unavailable', 'unavailable', 'The work could not be handed to a worker. Try again in a minute.', {
      body: { ...started },
      headers: { 'Retry-After': '60', Location: started.links.self },
    });
  }
}

/** Five looks in a row met a run that ended between the insert and the look; the caller may simply try again. */
export class StartContended extends DomainError {
  constructor() {
    super('operations.start_contended', 'unavailable', 'This was started many times at once. Try again in a moment.', {
      headers: { 'Retry-After': '1' },
    });
  }
}

/** What was asked for does not fit the run type; names the fields, never their values. */
export class InvalidPayload extends DomainError {
  constructor(fields: readonly string[]) {
    super('operations.invalid_payload', 'unprocessable', 'What was asked for is not valid; see the fields named.', {
      errors: fields.map((field) => ({ field, message: 'is not valid for this run type' })),
    });
  }
}

/** There is nothing left to cancel or to release. */
export class RunCompleted extends DomainError {
  constructor() {
    super('operations.run_completed', 'conflict', 'This run is completed already; nothing was changed.');
  }
}

/** Only a completed run of a type that may be repeated is tried again. */
export class RunNotRetryable extends DomainError {
  constructor(why: string) {
    super('operations.not_retryable', 'conflict', why);
  }
}

/** The run does not wait for a person: it was started, cancelled or given up meanwhile. */
export class RunNotHeld extends DomainError {
  constructor() {
    super('operations.not_held', 'conflict', 'This run does not wait for a confirmation any more. Prepare it anew.');
  }
}
