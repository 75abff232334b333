import type { GraphFailure } from './graph-failure.js';

/** Intune's words in a tenant without it, and those of features that are sold apart. */
const NO_LICENCE = /not applicable to target tenant|not licen[cs]ed|NonPremiumTenant|premium licen[cs]e/i;

/**
 * Whether a refusal names a licence that the tenant does not have. Only its words can say so: a permission that is missing,
 * of the app or of a person, is refused with 403, too, and in many wordings.
 */
export function saysNoLicence({ graphCode, detail }: Pick<GraphFailure, 'graphCode' | 'detail'>): boolean {
  return NO_LICENCE.test(`${graphCode ?? ''} ${detail}`);
}
