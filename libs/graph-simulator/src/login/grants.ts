import { createHash, randomBytes } from 'node:crypto';
import { entra, Refused } from './entra-errors.js';
import type { Scopes } from './scopes.js';

/** What a user has agreed to at sign-in. */
export interface Grant {
  tenantId: string;
  clientId: string;
  userId: string;
  scopes: Scopes;
}

export interface CodeGrant extends Grant {
  redirectUri: string;
  nonce: string | undefined;
  challenge: { value: string; method: 'S256' | 'plain' } | undefined;
}

const CODE_LIFE_MS = 10 * 60 * 1000;
const REFRESH_LIFE_MS = 90 * 24 * 3600 * 1000;
const MOST_KEPT = 10_000;

/** Authorization codes, each good once and for ten minutes, and refresh tokens, good again and again for ninety days. */
export class Grants {
  private readonly codes = new Map<string, { grant: CodeGrant; until: number; redeemed: boolean }>();
  private readonly refresh = new Map<string, { grant: Grant; until: number }>();

  constructor(private readonly now: () => number) {}

  newCode(grant: CodeGrant): string {
    const code = `1.${randomBytes(96).toString('base64url')}`;
    keep(this.codes, code, { grant, until: this.now() + CODE_LIFE_MS, redeemed: false });
    return code;
  }

  /** Throws Refused for a code that is not good for this app, redirect address and verifier. */
  redeem(code: string, clientId: string, redirectUri: string | null, verifier: string | null): CodeGrant {
    const kept = this.codes.get(code);
    if (kept === undefined || !sameId(kept.grant.clientId, clientId))
      throw new Refused(entra.badGrantValue('Invalid request. Request is malformed or invalid.'));
    if (kept.redeemed) throw new Refused(entra.redeemed());
    if (kept.until <= this.now()) throw new Refused(entra.expiredGrant());
    const { grant } = kept;
    if (redirectUri !== grant.redirectUri) throw new Refused(entra.otherRedirect());
    if (!verified(grant.challenge, verifier)) throw new Refused(entra.wrongVerifier());
    kept.redeemed = true;
    return grant;
  }

  newRefreshToken(grant: Grant): string {
    const token = `1.${randomBytes(120).toString('base64url')}`;
    keep(this.refresh, token, { grant, until: this.now() + REFRESH_LIFE_MS });
    return token;
  }

  /** Throws Refused for a token that is unknown, of another app, or out of date. */
  refreshed(token: string, clientId: string): Grant {
    const kept = this.refresh.get(token);
    if (kept === undefined || !sameId(kept.grant.clientId, clientId))
      throw new Refused(entra.badGrantValue('Invalid request. Request is malformed or invalid.'));
    if (kept.until <= this.now()) throw new Refused(entra.expiredGrant());
    return kept.grant;
  }
}

function keep<T>(map: Map<string, T>, key: string, value: T): void {
  map.set(key, value);
  if (map.size > MOST_KEPT) for (const oldest of map.keys()) return void map.delete(oldest);
}

function verified(challenge: CodeGrant['challenge'], verifier: string | null): boolean {
  if (challenge === undefined) return true;
  if (verifier === null) return false;
  const { value, method } = challenge;
  return value === (method === 'plain' ? verifier : createHash('sha256').update(verifier).digest('base64url'));
}

function sameId(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
