import type { Request } from 'express';

/** Why there is no token of the caller's own. */
export const DELEGATED_ABSENCES = [
  'not_configured',
  'no_session',
  'not_signed_in_with_microsoft',
  'other_directory',
  'consent_missing',
  'sign_in_again',
  'login_unreachable',
] as const;
export type DelegatedAbsence = (typeof DELEGATED_ABSENCES)[number];

/**
 * A token that Microsoft Graph takes for the caller himself, or why there is none: `reason` is stable, `message` one
 * sentence with a next step. Use the token for the request that is being served; store it nowhere, log none of it.
 */
export type DelegatedToken =
  { available: true; accessToken: string } | { available: false; reason: DelegatedAbsence; message: string };

/** Gives the token of the signed-in person for live reads of Microsoft Graph; `tenancy` answers it. */
export abstract class DelegatedTokens {
  /**
   * @param entraTenantId the directory to be read; a token of another directory is none for it
   * Refreshes a token that ends soon. Never throws for what has a reason.
   */
  abstract forCaller(request: Request, entraTenantId: string): Promise<DelegatedToken>;
}
