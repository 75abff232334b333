import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { ClientError, refreshTokenGrant, ResponseBodyError } from 'openid-client';
import {
  DelegatedTokens,
  type DelegatedAbsence,
  type DelegatedToken,
} from '../../../platform/access/delegated-tokens.js';
import type { SealedColumn } from '../../../platform/crypto/sealed-columns.js';
import { SealBroken, SecretBox } from '../../../platform/crypto/secret-box.js';
import { bearsToken } from '../../../platform/http/bearer.js';
import { SessionTokenRepository, type SessionTokenRow } from '../data/session-token.repository.js';
import { EntraDirectories } from './entra-directories.js';
import type { EntraSignIn } from './entra-sign-in.service.js';
import { isLoginOut } from './login-faults.js';

/** What a session keeps, sealed. Times in milliseconds since 1970. */
interface KeptTokens {
  refreshToken: string;
  accessToken?: string;
  expiresAt?: number;
}

/** The least delegated permission that lists groups (Graph's reference, `group-list`). */
const GRAPH_SCOPE = 'https://graph.microsoft.com/GroupMember.Read.All offline_access';

/** A token that ends sooner is renewed first. */
const EARLY_MS = 5 * 60 * 1000;

const WORDS: Readonly<Record<DelegatedAbsence, string>> = {
  not_configured: 'Signing in with a Microsoft account is not set up here; ask whoever runs TenantAtlas.',
  no_session: 'This is asked with your own Microsoft account: sign in from a browser, not with an API token.',
  not_signed_in_with_microsoft: 'Sign in with your Microsoft account to search the directory.',
  other_directory: "You signed in at another directory; sign in with an account of this tenant's own.",
  consent_missing: 'The directory has not consented to group search; ask its administrator to consent to the app.',
  sign_in_again: 'Your Microsoft sign-in has ended; sign in with your Microsoft account again.',
  login_unreachable: "Microsoft's sign-in could not be reached; try again in a minute.",
};

/** Microsoft's tokens of signed-in people. They lie beside the session on the server, sealed, and go with it. */
@Injectable()
export class SessionTokens extends DelegatedTokens {
  /** Renewals under way by session, so that requests of one page renew once. */
  private readonly renewing = new Map<string, Promise<DelegatedToken>>();

  constructor(
    private readonly directories: EntraDirectories,
    private readonly rows: SessionTokenRepository,
    private readonly box: SecretBox,
  ) {
    super();
  }

  /** Keeps what a sign-in brought for the session of `request`, which has to be stored already. */
  async keep(request: Request, { identity, refreshToken }: EntraSignIn): Promise<void> {
    if (refreshToken === undefined) return;
    await this.save(request.sessionID, identity.entraTenantId, { refreshToken });
  }

  override async forCaller(request: Request, entraTenantId: string): Promise<DelegatedToken> {
    if (!this.directories.available) return absent('not_configured');
    if (bearsToken(request) || request.user === undefined) return absent('no_session');
    const sid = request.sessionID;
    const row = await this.rows.find(sid);
    if (row === undefined) return absent('not_signed_in_with_microsoft');
    if (row.entraTenantId !== entraTenantId.toLowerCase()) return absent('other_directory');
    const kept = this.opened(sid, row);
    if (kept === undefined) return absent('sign_in_again');
    const { accessToken, expiresAt = 0 } = kept;
    if (accessToken !== undefined && expiresAt - EARLY_MS > Date.now()) return { available: true, accessToken };
    const underWay = this.renewing.get(sid);
    if (underWay !== undefined) return underWay;
    const renewal = this.renew(sid, row.entraTenantId, kept).finally(() => this.renewing.delete(sid));
    this.renewing.set(sid, renewal);
    return renewal;
  }

  private async renew(sid: string, directory: string, { refreshToken }: KeptTokens): Promise<DelegatedToken> {
    try {
      const configuration = await this.directories.configuration(directory);
      const tokens = await refreshTokenGrant(configuration, refreshToken, { scope: GRAPH_SCOPE });
      await this.save(sid, directory, {
        refreshToken: tokens.refresh_token ?? refreshToken,
        accessToken: tokens.access_token,
        expiresAt: Date.now() + (tokens.expires_in ?? 0) * 1000,
      });
      return { available: true, accessToken: tokens.access_token };
    } catch (error) {
      const reason = reasonOf(error);
      if (reason === 'sign_in_again') await this.rows.remove(sid);
      return absent(reason);
    }
  }

  private save(sid: string, entraTenantId: string, kept: KeptTokens): Promise<void> {
    return this.rows.save(sid, entraTenantId, this.box.seal(JSON.stringify(kept), purposeOf(sid)));
  }

  private opened(sid: string, row: SessionTokenRow): KeptTokens | undefined {
    try {
      return JSON.parse(this.box.open(row.sealedTokens, purposeOf(sid))) as KeptTokens;
    } catch (error) {
      if (error instanceof SealBroken) return undefined;
      throw error;
    }
  }
}

/** Where the tokens are kept. */
export const SESSION_TOKENS: SealedColumn = {
  table: 'session_tokens',
  column: 'sealed_tokens',
  key: ['sid'],
  purpose: ([sid = '']) => purposeOf(sid),
};

function purposeOf(sid: string): string {
  return `session_tokens/${sid}`;
}

function absent(reason: DelegatedAbsence): DelegatedToken {
  return { available: false, reason, message: WORDS[reason] };
}

/** Entra says `invalid_grant` for an ended session and for a missing consent alike; the number tells them apart. */
function reasonOf(error: unknown): DelegatedAbsence {
  if (isLoginOut(error)) return 'login_unreachable';
  if (error instanceof ClientError) return 'login_unreachable'; // an answer that breaks the protocol
  if (!(error instanceof ResponseBodyError)) throw error;
  const text = error.error_description ?? '';
  if (error.error === 'consent_required' || /AADSTS6500[145]\b/.test(text)) return 'consent_missing';
  return 'sign_in_again';
}
