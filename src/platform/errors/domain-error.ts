/** What went wrong, in the few ways that a caller can react to; the HTTP filter maps each to one status. */
export const ERROR_KINDS = [
  'invalid',
  'unprocessable',
  'unauthenticated',
  'forbidden',
  'conflict',
  'too-many',
  'unavailable',
] as const;
export type ErrorKind = (typeof ERROR_KINDS)[number];

export interface FieldFault {
  field: string;
  message: string;
}

/**
 * An error that people may see. `code` is stable, lower case and dotted (`drift.not_enough_runs`); `message` is one
 * sentence with a next step and holds no secret, payload or stack. `body` is added to the problem document.
 */
export class DomainError extends Error {
  constructor(
    readonly code: string,
    readonly kind: ErrorKind,
    message: string,
    readonly details: {
      errors?: readonly FieldFault[];
      body?: Readonly<Record<string, unknown>>;
      headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(message);
    this.name = new.target.name;
  }
}

/** The one answer to a thing that is not this member's, foreign and unknown alike, so that nothing leaks. */
export class AccessDenied extends DomainError {
  constructor(message = 'You do not have access to this, or it does not exist.') {
    super('access.denied', 'forbidden', message);
  }
}
