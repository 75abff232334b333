const HIDDEN = '[hidden]';

/** What must never be in a log, wherever in a line it turns up; the first group of each stays. */
const SECRETS: readonly RegExp[] = [
  /(\bbearer\s+)[\w.~+/=-]+/gi,
  /(\bbasic\s+)[\w+/=-]{8,}/gi,
  /(\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@"']*:)[^\s/@"']+(?=@)/gi, // the password of a URL
  /(\b(?:password|passwd|pwd|secret|client_?secret|client_assertion|access_?token|refresh_?token|id_?token|api_?key|authorization|cookie|set-cookie|sessionid|sid)["'\\]*\s*[:=]\s*["'\\]*)(?!bearer\b|basic\b)[^\s"'\\&,;}]+/gi,
  /()\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g, // a JWT
];

/** Hides tokens, passwords and cookies in a line that is about to be written. */
export function redact(line: string): string {
  return SECRETS.reduce((text, pattern) => text.replace(pattern, `$1${HIDDEN}`), line);
}
