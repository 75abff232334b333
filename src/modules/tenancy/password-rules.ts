import { DomainError } from '../../platform/errors/domain-error.js';

/** NIST SP 800-63B asks for length and against guessable passwords, and for no mix of characters. */
export const SHORTEST_PASSWORD = 12;
export const LONGEST_PASSWORD = 1_024;

/**
 * Holds every password that a person chooses to the same rules.
 * @param field the body's field, which the refusal names
 * @throws DomainError `request.invalid`
 */
export function demandGoodPassword(field: string, password: string, email: string): void {
  const fault = faultOf(password, email);
  if (fault === undefined) return;
  throw new DomainError('request.invalid', 'unprocessable', `The password cannot be used: it ${fault}.`, {
    errors: [{ field, message: fault }],
  });
}

function faultOf(password: string, email: string): string | undefined {
  const length = [...password].length;
  if (length < SHORTEST_PASSWORD) return `must have at least ${SHORTEST_PASSWORD} characters`;
  if (length > LONGEST_PASSWORD) return `must have at most ${LONGEST_PASSWORD} characters`;
  if (new Set(password).size < 5) return 'must not repeat a few characters only';
  if (password.toLowerCase() === email.toLowerCase()) return 'must not be your e-mail address';
  return undefined;
}
