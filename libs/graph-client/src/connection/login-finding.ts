import type { GraphFailure } from '../graph-failure.js';
import type { ConnectionCode, ConnectionFinding } from './connection-finding.js';

/** Which kind of credential the login was shown: some numbers say only that it was not taken. */
export type CredentialKind = 'secret' | 'certificate';

/** Numbers of entra-docs `docs/identity-platform/reference-error-codes.md` that mean the same whatever was shown. */
const MEANING: ReadonlyMap<string, ConnectionCode> = new Map([
  ['AADSTS90002', 'tenant_not_found'],
  ['AADSTS900021', 'tenant_not_found'],
  ['AADSTS900023', 'tenant_not_found'],
  ['AADSTS50059', 'tenant_not_found'],
  ['AADSTS700016', 'app_not_found'],
  ['AADSTS7000112', 'app_disabled'],
  ['AADSTS700024', 'clock_wrong'],
  ['AADSTS53003', 'sign_in_blocked'],
  ['AADSTS530035', 'sign_in_blocked'],
  ['AADSTS65001', 'no_consent'],
  ['AADSTS650052', 'no_consent'],
  ['AADSTS7000229', 'no_consent'],
]);

const NOT_TAKEN: ReadonlySet<string> = new Set([
  'AADSTS7000215',
  'AADSTS7000216',
  'AADSTS7000218',
  'AADSTS700027',
  'AADSTS700030',
  'AADSTS50012',
]);

const RUN_OUT = 'AADSTS7000222';

/**
 * What a failed token request says of the connection. A certificate that has run out is refused by 700027 with a text of
 * its own, `[Reason - The key used is expired., ...]`.
 */
export function loginFinding(failure: GraphFailure, kind: CredentialKind): ConnectionFinding {
  const aadsts = failure.graphCode;
  return {
    code: codeOf(failure, kind),
    missing: [],
    ...(aadsts === undefined ? {} : { aadsts }),
    ...(failure.requestId === undefined ? {} : { requestId: failure.requestId }),
  };
}

function codeOf({ code, graphCode = '', detail }: GraphFailure, kind: CredentialKind): ConnectionCode {
  if (code === 'graph.throttled') return 'throttled';
  if (code !== 'graph.unauthorized') return 'login_unreachable';
  const known = MEANING.get(graphCode);
  if (known !== undefined) return known;
  if (graphCode === RUN_OUT || (NOT_TAKEN.has(graphCode) && /\bkey used is expired\b/i.test(detail))) {
    return kind === 'secret' ? 'secret_expired' : 'certificate_expired';
  }
  if (NOT_TAKEN.has(graphCode)) return kind === 'secret' ? 'secret_wrong' : 'certificate_wrong';
  return 'login_refused';
}
