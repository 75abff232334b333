import type { SigningKey, TokenClaims } from '../login/signing-key.js';
import { GraphRefusal, unauthorized, type RequestTrace } from './graph-errors.js';

const GRAPH_AUDIENCE = 'https://graph.microsoft.com';

/** Who calls, as the token says: an app by itself, or a user through one. */
export interface Caller {
  tenantId: string;
  appId: string;
  /** The app's roles, or the scopes that the user has lent it. */
  permissions: readonly string[];
  /** Object id of the signed-in user; undefined for an app by itself. */
  userId: string | undefined;
}

/** Checks an Authorization header as Graph's gateway does. Throws a 401 refusal. */
export function readBearer(authorization: string | undefined, key: SigningKey, trace: RequestTrace): Caller {
  const token = /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) throw refused(trace, 'Access token is empty.');
  if (token.split('.').length !== 3) throw refused(trace, 'IDX14100: JWT is not well formed, there are no dots (.).');
  const claims = verified(token, key);
  if (claims === undefined) throw refused(trace, 'Access token validation failure. Invalid signature.');
  if (claims.exp * 1000 <= trace.now) throw refused(trace, 'Lifetime validation failed, the token is expired.');
  // An id token has the right signature, too, but is not meant for Graph.
  if (claims.aud !== GRAPH_AUDIENCE) throw refused(trace, 'Access token validation failure. Invalid audience.');
  if (claims.scp === undefined)
    return { tenantId: claims.tid, appId: claims.appid, permissions: claims.roles ?? [], userId: undefined };
  return { tenantId: claims.tid, appId: claims.appid, permissions: claims.scp.split(' '), userId: claims.oid };
}

function verified(token: string, key: SigningKey): TokenClaims | undefined {
  try {
    return key.verify(token);
  } catch {
    return undefined;
  }
}

function refused(trace: RequestTrace, message: string): GraphRefusal {
  return new GraphRefusal(unauthorized(trace, message));
}
