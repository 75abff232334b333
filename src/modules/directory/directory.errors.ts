import { DomainError } from '../../platform/errors/domain-error.js';

/** There is no token of the caller's own for this directory; the sentence says why and what to do. */
export class LiveSearchUnavailable extends DomainError {
  constructor(reason: string, message: string) {
    super('directory.live_search_unavailable', 'conflict', message, { body: { reason } });
  }
}

/** Graph did not take the caller's token. */
export class LiveSearchSignInEnded extends DomainError {
  constructor() {
    super(
      'directory.sign_in_ended',
      'conflict',
      'Microsoft does not accept your sign-in any more. Sign in with Microsoft again, then repeat the search.',
    );
  }
}

/** The caller may not read groups in Entra himself. */
export class LiveSearchForbidden extends DomainError {
  constructor() {
    super(
      'directory.live_search_forbidden',
      'forbidden',
      'Your Microsoft account may not search groups in this directory. Ask its administrator, or use the group cache.',
    );
  }
}

/** Graph could not answer now. */
export class LiveSearchFailed extends DomainError {
  constructor() {
    super(
      'directory.live_search_failed',
      'unavailable',
      'Microsoft Graph could not answer the search. Try again in a moment, or use the group cache.',
      { headers: { 'Retry-After': '10' } },
    );
  }
}
