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

/** There is a connection, but what it signs in with is not to be had on this machine. */
export class CredentialUnusable extends DomainError {
  constructor(readonly verdict: 'environment_missing' | 'credential_unreadable') {
    super(
      'graph.credential_unusable',
      'conflict',
      'The credential of the Graph connection cannot be read here; an owner can test the connection to see why.',
    );
  }
}

/** A connection as it was given cannot be kept. */
export class InvalidConnection extends DomainError {
  constructor(field: string, message: string) {
    super('request.invalid', 'unprocessable', 'Some fields are not valid; see errors.', {
      errors: [{ field, message }],
    });
  }
}

export class ConnectionTestTooSoon extends DomainError {
  constructor(waitSeconds: number) {
    super('graph_connection.test_too_soon', 'too-many', 'The connection was tested a moment ago; wait a little.', {
      headers: { 'Retry-After': String(waitSeconds) },
    });
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
