const LONGEST_DETAIL = 500;
/** A JSON Web Token, such as an access token that a proxy quotes back. */
const TOKEN = /eyJ[\w-]*\.[\w-]+(\.[\w-]*)?/g;

/** Text of another system, fit for a log line: one line, no token, none of `secrets`, at most 500 characters. */
export function safeText(text: string, secrets: readonly string[] = []): string {
  let safe = text.replace(TOKEN, '[token]');
  for (const secret of secrets) if (secret !== '') safe = safe.replaceAll(secret, '[secret]');
  return safe.replace(/\s+/g, ' ').trim().slice(0, LONGEST_DETAIL);
}
