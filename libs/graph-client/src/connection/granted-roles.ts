import { record } from '../transport/error-body.js';

/**
 * The application permissions in a Graph access token, `[]` when it carries none. Microsoft calls the token opaque to
 * everyone but Graph, so an unreadable one is no fault: the answer is then undefined. Nothing is decided by it but which
 * words a person reads.
 */
export function grantedRoles(accessToken: string): string[] | undefined {
  const claims = claimsOf(accessToken);
  if (claims === undefined || typeof claims['appid'] !== 'string') return undefined;
  const roles: unknown = claims['roles'] ?? [];
  return Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : undefined;
}

function claimsOf(token: string): Record<string, unknown> | undefined {
  try {
    return record(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')));
  } catch {
    return undefined;
  }
}
