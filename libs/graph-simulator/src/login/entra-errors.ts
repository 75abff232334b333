import { randomUUID } from 'node:crypto';
import type { Reply } from '../http/reply.js';

/** A refusal of the login service; texts and statuses are captures of real ones unless a comment says otherwise. */
export interface EntraRefusal {
  status: number;
  error: string;
  code: number;
  text: string;
}

/** Why a signature does not hold, as captured. */
export type AssertionFault =
  | 'The key was not found.'
  | 'The key used is expired.'
  | 'The provided signature value did not match the expected signature value.';

/** Ends the work on a login request with this refusal. */
export class Refused extends Error {
  constructor(readonly refusal: EntraRefusal) {
    super(refusal.text);
  }
}

export const entra = {
  wrongSecret: (clientId: string): EntraRefusal => ({
    status: 401,
    error: 'invalid_client',
    code: 7000215,
    text: `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${clientId}'.`,
  }),
  noCredential: (): EntraRefusal => ({
    status: 401,
    error: 'invalid_client',
    code: 7000218,
    text: "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  }),
  unknownApp: (clientId: string, tenantName: string): EntraRefusal => ({
    status: 400,
    error: 'unauthorized_client',
    code: 700016,
    text: `Application with identifier '${clientId}' was not found in the directory '${tenantName}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`,
  }),
  // `invalid_tenant` is what discovery answers; for the token endpoint `invalid_request` is not confirmed.
  unknownTenant: (tenant: string, where: 'discovery' | 'token'): EntraRefusal => ({
    status: 400,
    error: where === 'discovery' ? 'invalid_tenant' : 'invalid_request',
    code: 90002,
    text: `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
  }),
  badTenantName: (tenant: string): EntraRefusal => ({
    status: 400,
    error: 'invalid_request',
    code: 900023,
    text: `Specified tenant identifier '${tenant}' is neither a valid DNS name, nor a valid external domain.`,
  }),
  badScope: (scope: string): EntraRefusal => ({
    status: 400,
    error: 'invalid_scope',
    code: 70011,
    text: `The provided value for the input parameter 'scope' is not valid. The scope ${scope} is not valid.`,
  }),
  expiredSecret: (clientId: string): EntraRefusal => ({
    status: 401,
    error: 'invalid_client',
    code: 7000222,
    text: `The provided client secret keys for app '${clientId}' are expired. Visit the Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: https://aka.ms/certCreds.`,
  }),
  wrongSignature: (clientId: string, thumbprint: string, reason: AssertionFault): EntraRefusal => ({
    status: 401,
    error: 'invalid_client',
    code: 700027,
    text: `Client assertion contains an invalid signature. [Reason - ${reason}, Thumbprint of key used by client: '${thumbprint}', Please visit the Azure Portal, Graph Explorer or directly use MS Graph to see configured keys for app Id '${clientId}'.]`,
  }),
  // Of the next four the codes and first sentences are Microsoft's, the rest is not from captures.
  badAssertion: (reason: string): EntraRefusal => ({
    status: 401,
    error: 'invalid_client',
    code: 50027,
    text: `JWT token is invalid or malformed. ${reason}`,
  }),
  assertionTime: (now: string, from: string, to: string): EntraRefusal => ({
    status: 401,
    error: 'invalid_client',
    code: 700024,
    text: `Client assertion is not within its valid time range. Current time: ${now}, assertion valid from ${from}, expiry time of assertion ${to}.`,
  }),
  assertionAudience: (): EntraRefusal => ({
    status: 401,
    error: 'invalid_client',
    code: 700023,
    text: 'Client assertion audience claim does not match Realm issuer.',
  }),
  noTenant: (): EntraRefusal => ({
    status: 400,
    error: 'invalid_request',
    code: 50059,
    text: 'No tenant-identifying information found in either the request or implied by any provided credentials.',
  }),
  // Authorization code and refresh: texts of Microsoft's list of codes and of issue reports.
  redirectMismatch: (uri: string, clientId: string): EntraRefusal => ({
    status: 400,
    error: 'invalid_request',
    code: 50011,
    text: `The redirect URI '${uri}' specified in the request does not match the redirect URIs configured for the application '${clientId}'. Make sure the redirect URI sent in the request matches one added to your application in the Azure portal.`,
  }),
  responseType: (type: string): EntraRefusal => ({
    status: 400,
    error: 'unsupported_response_type',
    code: 70005,
    text: `The provided value '${type}' for the input parameter 'response_type' is not supported.`,
  }),
  badGrantValue: (text: string): EntraRefusal => ({ status: 400, error: 'invalid_grant', code: 9002313, text }),
  expiredGrant: (): EntraRefusal => ({
    status: 400,
    error: 'invalid_grant',
    code: 70008,
    text: 'The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.',
  }),
  redeemed: (): EntraRefusal => ({
    status: 400,
    error: 'invalid_grant',
    code: 54005,
    text: 'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.',
  }),
  wrongVerifier: (): EntraRefusal => ({
    status: 400,
    error: 'invalid_grant',
    code: 501481,
    text: 'The Code_Verifier does not match the code_challenge supplied in the authorization request.',
  }),
  otherRedirect: (): EntraRefusal => ({
    status: 400,
    error: 'invalid_grant',
    code: 500112,
    text: 'The reply address does not match the reply address provided when requesting Authorization code.',
  }),
  noConsent: (clientId: string): EntraRefusal => ({
    status: 400,
    error: 'consent_required',
    code: 65001,
    text: `The user or administrator has not consented to use the application with ID '${clientId}'. Send an interactive authorization request for this user and resource.`,
  }),
  declined: (): EntraRefusal => ({
    status: 400,
    error: 'access_denied',
    code: 65004,
    text: 'User declined to consent to access the app.',
  }),
  disabledUser: (): EntraRefusal => ({
    status: 400,
    error: 'invalid_grant',
    code: 50057,
    text: 'The user account is disabled.',
  }),
  unknownUser: (name: string): EntraRefusal => ({
    status: 400,
    error: 'invalid_request',
    code: 50034,
    text: `The user account ${name} does not exist in the directory. To sign into this application, the account must be added to the directory.`,
  }),
  notSignedIn: (): EntraRefusal => ({
    status: 400,
    error: 'login_required',
    code: 50058,
    text: 'A silent sign-in request was sent but no user is signed in.',
  }),
  // The texts of the next three are from Microsoft's list of codes, not from captures.
  missingParameter: (name: string): EntraRefusal => ({
    status: 400,
    error: 'invalid_request',
    code: 900144,
    text: `The request body must contain the following parameter: '${name}'.`,
  }),
  badGrant: (grant: string): EntraRefusal => ({
    status: 400,
    error: 'unsupported_grant_type',
    code: 70003,
    text: `The app requested an unsupported grant type '${grant}'.`,
  }),
  postOnly: (method: string): EntraRefusal => ({
    status: 405,
    error: 'invalid_request',
    code: 900561,
    text: `The endpoint only accepts POST requests. Received a ${method} request.`,
  }),
};

/** The envelope that MSAL reads. `now` in milliseconds since 1970. */
export function entraError(refusal: EntraRefusal, correlationId: string, now: number): Reply {
  const traceId = randomUUID();
  const timestamp = `${new Date(now).toISOString().slice(0, 19).replace('T', ' ')}Z`;
  return {
    status: refusal.status,
    headers: loginHeaders(correlationId),
    body: {
      error: refusal.error,
      error_description: `AADSTS${refusal.code}: ${refusal.text}\r\nTrace ID: ${traceId}\r\nCorrelation ID: ${correlationId}\r\nTimestamp: ${timestamp}`,
      error_codes: [refusal.code],
      timestamp,
      trace_id: traceId,
      correlation_id: correlationId,
      error_uri: `https://login.microsoftonline.com/error?code=${refusal.code}`,
    },
  };
}

/** Headers of every answer of the login service. */
export function loginHeaders(correlationId: string): Record<string, string> {
  return {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store, no-cache',
    Pragma: 'no-cache',
    'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
    'X-Content-Type-Options': 'nosniff',
    'client-request-id': correlationId,
    'x-ms-request-id': randomUUID(),
  };
}
