import { isStorableText } from './json.js';

/** Leads to an encrypted OMA value; another one each time it is set. */
export const REFERENCE = 'secretReferenceValueId';

/** Names that hold a secret in any Intune type, whatever the catalogue says of it; flags and enums are no texts of it. */
const SECRET_NAMES = /(^|[a-z])(preSharedKey|sharedSecret|clientSecret|privateKey|passphrase|password)$/i;

/** Beyond these many names, which Graph does not have, they are judged anew each time. */
const MOST_NAMES = 20_000;

/** `unstorable`: PostgreSQL cannot hold it in jsonb. */
export type NameVerdict = 'harmless' | 'secret' | 'unstorable';

/** Names repeat in every policy, so each is judged once; they are Graph's, and few. */
const judged = new Map<string, NameVerdict>();

/** What a member of that name may be in any type: a text that is a secret, or nothing of the kind. */
export function judgeName(name: string): NameVerdict {
  const known = judged.get(name);
  if (known !== undefined) return known;
  const verdict = !isStorableText(name) ? 'unstorable' : SECRET_NAMES.test(name) ? 'secret' : 'harmless';
  if (judged.size < MOST_NAMES) judged.set(name, verdict);
  return verdict;
}

/** Whether a text of that name is a secret in any type. */
export function namesSecret(name: string): boolean {
  return judgeName(name) === 'secret';
}
