import { constants, createHash, verify, X509Certificate } from 'node:crypto';
import type { SeedApp } from '../store/seed-tenant.js';
import { entra, Refused } from './entra-errors.js';

export interface AssertionRules {
  /** `aud` values that name this token endpoint. */
  audiences: readonly string[];
  /** Milliseconds since 1970. */
  now: number;
}

interface AssertionHead {
  alg?: string;
  x5t?: string;
  'x5t#S256'?: string;
}

interface AssertionClaims {
  aud?: string;
  iss?: string;
  sub?: string;
  exp?: number;
  nbf?: number;
}

/** The clock of a client may be ahead by this much. */
const SKEW_SECONDS = 300;

/** The app that an assertion says it comes from; nothing of it is checked yet. */
export function issuerOf(assertion: string): string | undefined {
  return partsOf(assertion)?.claims.iss;
}

/**
 * Checks a client's signed assertion (`identity-platform/certificate-credentials`): RS256 or PS256 by the key of one of the
 * app's certificates, named by its thumbprint (`x5t`: SHA-1, `x5t#S256`: SHA-256), for this token endpoint, not out of date.
 * Throws Refused.
 */
export function checkAssertion(assertion: string, app: SeedApp, rules: AssertionRules): void {
  const parts = partsOf(assertion);
  if (parts === undefined) throw new Refused(entra.badAssertion('JWT is not well formed.'));
  const { head, claims, signed, signature } = parts;
  if (head.alg !== 'RS256' && head.alg !== 'PS256')
    throw new Refused(entra.badAssertion(`The algorithm '${head.alg ?? ''}' is not supported.`));
  const thumbprint = head['x5t#S256'] ?? head.x5t;
  if (thumbprint === undefined)
    throw new Refused(entra.badAssertion('No certificate thumbprint specified in token header.'));
  const certificate = certificatesOf(app).find((candidate) => isNamed(candidate, head));
  const shown = Buffer.from(thumbprint, 'base64url').toString('hex').toUpperCase();
  const wrong = (reason: Parameters<typeof entra.wrongSignature>[2]) =>
    new Refused(entra.wrongSignature(app.clientId, shown, reason));
  if (certificate === undefined) throw wrong('The key was not found.');
  if (Date.parse(certificate.validTo) <= rules.now) throw wrong('The key used is expired.');
  const key = {
    key: certificate.publicKey,
    ...(head.alg === 'PS256'
      ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
      : {}),
  };
  if (!verify('sha256', Buffer.from(signed), key, signature))
    throw wrong('The provided signature value did not match the expected signature value.');
  checkClaims(claims, app, rules);
}

function checkClaims(claims: AssertionClaims, app: SeedApp, { audiences, now }: AssertionRules): void {
  const seconds = now / 1000;
  const { exp = 0, nbf = 0 } = claims;
  if (exp + SKEW_SECONDS <= seconds || nbf - SKEW_SECONDS > seconds)
    throw new Refused(entra.assertionTime(timeText(seconds), timeText(nbf), timeText(exp)));
  const id = app.clientId.toLowerCase();
  if (claims.iss?.toLowerCase() !== id || claims.sub?.toLowerCase() !== id)
    throw new Refused(entra.badAssertion("The claims 'iss' and 'sub' have to be the client id."));
  if (claims.aud === undefined || !audiences.includes(claims.aud.toLowerCase()))
    throw new Refused(entra.assertionAudience());
}

function isNamed(certificate: X509Certificate, head: AssertionHead): boolean {
  const digest = (algorithm: string) => createHash(algorithm).update(certificate.raw).digest('base64url');
  const strong = head['x5t#S256'];
  // Some clients pad the thumbprint, which base64url does not.
  if (strong !== undefined) return digest('sha256') === strong.replaceAll('=', '');
  return digest('sha1') === head.x5t?.replaceAll('=', '');
}

function certificatesOf({ certificates = [] }: SeedApp): X509Certificate[] {
  return certificates.map((pem) => new X509Certificate(pem));
}

function partsOf(assertion: string) {
  const [head, claims, signature, ...rest] = assertion.split('.');
  if (head === undefined || claims === undefined || signature === undefined || rest.length > 0) return undefined;
  try {
    return {
      head: JSON.parse(Buffer.from(head, 'base64url').toString('utf8')) as AssertionHead,
      claims: JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as AssertionClaims,
      signed: `${head}.${claims}`,
      signature: Buffer.from(signature, 'base64url'),
    };
  } catch {
    return undefined;
  }
}

function timeText(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
