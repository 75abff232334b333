import { ClientError, ResponseBodyError } from 'openid-client';

/**
 * Whether the login could not be reached or was out of order, which says nothing of the person. `fetch` fails with a
 * TypeError without a code; those of wrong arguments carry one.
 */
export function isLoginOut(error: unknown): boolean {
  if (error instanceof ResponseBodyError) return isOut(error.status);
  if (!(error instanceof ClientError)) return error instanceof TypeError && !('code' in error);
  if (error.code === 'OAUTH_TIMEOUT' || error.code === 'OAUTH_ABORT') return true;
  return error.cause instanceof Response && isOut(error.cause.status);
}

function isOut(status: number): boolean {
  return status === 429 || status >= 500;
}
