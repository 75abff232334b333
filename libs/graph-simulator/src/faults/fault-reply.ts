import { familyOf, type GraphCall } from '../graph/graph-call.js';
import {
  forbidden,
  graphError,
  intuneError,
  notFound,
  tooManyRequests,
  unauthorized,
  type GraphReply,
} from '../graph/graph-errors.js';
import type { FaultRule } from './fault-rules.js';

const UNAVAILABLE: Record<number, [code: string, message: string]> = {
  500: ['InternalServerError', 'An internal server error has occurred. The operation cannot be completed.'],
  502: ['BadGateway', 'The server received an invalid response from an upstream server.'],
  503: ['ServiceUnavailable', 'The service is temporarily unavailable. Please try again later.'],
  504: [
    'GatewayTimeout',
    'The server, while acting as a proxy, did not receive a timely response from the upstream server.',
  ],
};

export const RESYNC = 'The delta token is no longer valid, and the app must reset the sync state.';

const HTML =
  "<!DOCTYPE html><html><head><title>Service unavailable</title></head><body><h2>Our services aren't available right now</h2><p>We're working to restore all services as soon as possible.</p></body></html>";

/** The answer of a rule with a status, in the shape that the service behind the path gives it. */
export function faultReply(rule: FaultRule, status: number, call: GraphCall): GraphReply {
  const reply = shaped(rule, status, call);
  return rule.retryAfter === undefined
    ? reply
    : { ...reply, headers: { ...reply.headers, 'Retry-After': rule.retryAfter } };
}

/**
 * A 403 of Intune whose nested message is nested once more, as some services behind the gateway answer, with 401 at times
 * (AzureAD/microsoft-authentication-library-for-js#1261, msgraph-sdk-powershell#1257).
 */
export function twiceNested(status: number, { trace }: GraphCall): GraphReply {
  const inner = intuneError(trace, status, 'Forbidden', 'An error has occurred').body as { error: { message: string } };
  const message = JSON.stringify({ ErrorCode: 'Forbidden', Message: inner.error.message });
  return graphError(trace, status, 'UnknownError', message);
}

/** The page that a broken front door shows instead of JSON. */
export function htmlPage(): string {
  return HTML;
}

/** The same answer with a link to itself as its next page, if it is a list. */
export function withDuplicateLink(reply: GraphReply, call: GraphCall): GraphReply {
  const { body } = reply;
  if (typeof body !== 'object' || body === null || !('value' in body)) return reply;
  const { value, ...rest } = body;
  const link = `${call.origin}/${call.version}${call.target}`;
  return { ...reply, body: { ...rest, '@odata.nextLink': link, value } };
}

function shaped(rule: FaultRule, status: number, call: GraphCall): GraphReply {
  const family = familyOf(call.target);
  const area = /^\/deviceAppManagement/i.test(call.target) ? 'Apps' : 'Configuration';
  const unavailable = UNAVAILABLE[status];
  if (unavailable !== undefined) return graphError(call.trace, status, ...unavailable);
  switch (status) {
    case 401:
      return unauthorized(call.trace, 'Lifetime validation failed, the token is expired.');
    case 403:
      return forbidden(call.trace, family, [
        `DeviceManagement${area}.Read.All`,
        `DeviceManagement${area}.ReadWrite.All`,
      ]);
    case 404:
      return notFound(call.trace, family, call.target);
    case 410:
      // A delta query that has to begin again: without its token.
      return graphError(call.trace, 410, 'resyncRequired', RESYNC, {
        Location: `${call.origin}/${call.version}${call.target.replace(/\?.*/, '')}?$deltatoken=`,
      });
    case 429:
      return tooManyRequests(call.trace, family, rule.retryAfter, call.caller.appId, call.caller.tenantId);
    default:
      return intuneError(call.trace, status, 'BadRequest', 'An error has occurred');
  }
}
