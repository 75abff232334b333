/** What the test of a connection can find; stored, so a code is never given another meaning. */
export const CONNECTION_CODES = [
  'connected',
  'tenant_not_found',
  'app_not_found',
  'app_disabled',
  'secret_wrong',
  'secret_expired',
  'certificate_wrong',
  'certificate_expired',
  'clock_wrong',
  'sign_in_blocked',
  'login_refused',
  'login_unreachable',
  'no_consent',
  'permissions_missing',
  'licence_missing',
  'graph_refused',
  'graph_unreachable',
  'throttled',
] as const;
export type ConnectionCode = (typeof CONNECTION_CODES)[number];

export interface ConnectionFinding {
  code: ConnectionCode;
  /** Application permissions for `no_consent` and `permissions_missing`, licences for `licence_missing`; else empty. */
  missing: readonly string[];
  /** `AADSTS7000215`, when the login named one. */
  aadsts?: string;
  /** What Microsoft's support asks for: Graph's `request-id` or the login's trace id. */
  requestId?: string;
}
