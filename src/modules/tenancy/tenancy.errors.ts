import { DomainError } from '../../platform/errors/domain-error.js';

/** The tenant has no Graph connection yet, so nothing can be read from it. */
export class GraphNotConnected extends DomainError {
  constructor() {
    super(
      'graph.not_connected',
      'conflict',
      'This tenant is not connected to Microsoft Graph yet; an owner can connect it.',
    );
  }
}

/** One answer for an unknown e-mail, a wrong password and a disabled user. */
export class InvalidCredentials extends DomainError {
  constructor() {
    super('auth.invalid_credentials', 'unauthenticated', 'The e-mail or the password is not right.');
  }
}

export class TooManyAttempts extends DomainError {
  /** @param waitMs until the next attempt counts again */
  constructor(waitMs: number) {
    super('auth.too_many_attempts', 'too-many', 'There were too many attempts to sign in; wait before you try again.', {
      headers: { 'Retry-After': String(Math.max(1, Math.ceil(waitMs / 1000))) },
    });
  }
}

/** An API token that is unknown, expired, revoked, or of a disabled user. */
export class InvalidToken extends DomainError {
  constructor() {
    super('auth.invalid_token', 'unauthenticated', 'The API token is not valid or has expired; make a new one.');
  }
}
