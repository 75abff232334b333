import { DomainError, type ErrorKind } from '../../../platform/errors/domain-error.js';
import { TooManyAttempts } from '../tenancy.errors.js';

/** How signing in with a Microsoft account fails; each code has one sentence with a next step. */
const REFUSALS = {
  not_configured: [
    'conflict',
    'Signing in with a Microsoft account is not set up here; sign in with your e-mail and password.',
  ],
  expired: ['invalid', 'This sign-in was not begun in this browser, or took too long; begin it again.'],
  denied: ['forbidden', 'Microsoft did not let you sign in to this app; ask an administrator of your directory.'],
  failed: ['invalid', 'The answer of Microsoft could not be trusted, so you are not signed in; begin again.'],
  unreachable: ['unavailable', "Microsoft's sign-in could not be reached; try again in a minute."],
  unknown_person: [
    'forbidden',
    'Your Microsoft account belongs to no user here. Sign in with your password and link it, or ask an owner.',
  ],
  linked_to_another: ['conflict', 'This Microsoft account is linked to another user already.'],
  session_required: ['forbidden', 'An account is linked from a browser that is signed in, not with an API token.'],
} as const satisfies Record<string, readonly [ErrorKind, string]>;

export type EntraRefusalReason = keyof typeof REFUSALS;

/** `auth.entra_...`. */
export class EntraRefused extends DomainError {
  constructor(readonly reason: EntraRefusalReason) {
    const [kind, message] = REFUSALS[reason];
    super(`auth.entra_${reason}`, kind, message);
  }
}

/** The sentence of each code that a browser's way to Microsoft can end with, for the page that it ends at. */
export function entraProblems(): Record<string, string> {
  const reasons = Object.keys(REFUSALS) as EntraRefusalReason[];
  const refusals = [...reasons.map((reason) => new EntraRefused(reason)), new TooManyAttempts(0)];
  return Object.fromEntries(refusals.map(({ code, message }) => [code, message]));
}
