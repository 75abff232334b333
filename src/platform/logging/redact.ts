import { hideJsonSecrets } from './json-secrets.js';
import { HIDDEN, NAMED, QUOTES } from './secret-names.js';

/** JSON's word for nothing, which hides no secret; a longer word that begins so may. */
const NULL = `null(?![^\\s"'\\\\&,;}\\]])`;

/**
 * What must never be in a log, wherever in a line it turns up; the first group of each stays. None
 * begins anew at each step of a long line: a URL's scheme is short, and breaks in a key are passed over whole.
 */
const SECRETS: readonly RegExp[] = [
  /(-----BEGIN [A-Z ]*PRIVATE KEY-----)(?:\\+[nrt]|[^"'\\-]|-(?!----END))+/g,
  /(\b(?:set-)?cookie\s*[:=]\s*)[^\r\n"'\\]+/gi, // a header, with all of its cookies
  /(\bbearer\s+)[\w.~+/=-]+/gi,
  /(\bbasic\s+)[\w+/=-]{8,}/gi,
  /(\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s/:@"']*:)[^\s/@"']+(?=@)/gi, // the password of a URL
  /(\b[a-z][a-z0-9+.-]{0,30}:\/\/)[^\s/:@"']+(?=@)/gi, // a token in the place of its user
  /([?&](?:sig|code)=)[^\s&"'\\]+/gi, // a shared access signature, a sign-in's code
  new RegExp(
    `(\\b(?:${NAMED})${QUOTES}\\s*[:=]\\s*${QUOTES})(?!bearer\\b|basic\\b|${NULL}|[:\\]])[^\\s"'\\\\&,;}]+`,
    'gi',
  ),
  /(\bwhsec_)[\w+/=-]+/g,
  /()\beyJ[\w-]{8,}(?:\.[\w-]*){0,2}/g, // a JWT, or a part of one
];

/** Hides tokens, passwords and cookies in a line that is about to be written; what was JSON stays JSON. */
export function redact(line: string): string {
  return SECRETS.reduce((text, pattern) => text.replace(pattern, `$1${HIDDEN}`), hideJsonSecrets(line));
}
