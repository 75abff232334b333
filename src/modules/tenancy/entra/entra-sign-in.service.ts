import { Inject, Injectable } from '@nestjs/common';
import {
  authorizationCodeGrant,
  AuthorizationResponseError,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  ClientError,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  ResponseBodyError,
} from 'openid-client';
import { SETTINGS, type Settings } from '../../../platform/config/settings.js';
import { isUuid } from '../../../platform/http/parse-id.js';
import type { EntraIdentity } from '../data/identity.repository.js';
import { EntraDirectories } from './entra-directories.js';
import { EntraRefused } from './entra.errors.js';
import { isLoginOut } from './login-faults.js';

/** What a browser has to come back with; kept in its session on the server. */
export interface PendingSignIn {
  directory: string;
  state: string;
  nonce: string;
  codeVerifier: string;
  /** The signed-in user who links the account; absent for a sign-in. */
  linkFor?: string;
  /** Milliseconds since 1970. */
  startedAt: number;
}

export interface EntraSignIn {
  identity: EntraIdentity;
  /** For tokens of Microsoft Graph; Entra gives one only when asked for `offline_access`. */
  refreshToken: string | undefined;
}

/** A code lives about 10 minutes (entra-docs, `v2-oauth2-auth-code-flow.md`); so does the way to it. */
export const PENDING_MS = 10 * 60 * 1000;

/** No permission of Graph is asked for here, so that a missing consent to one keeps nobody from signing in. */
const SCOPE = 'openid profile offline_access';

/** Signing in at Microsoft Entra ID: authorization code with PKCE, state and nonce (OpenID Connect Core, RFC 7636). */
@Injectable()
export class EntraSignInService {
  private readonly redirectUri: string;

  constructor(
    private readonly directories: EntraDirectories,
    @Inject(SETTINGS) settings: Settings,
  ) {
    this.redirectUri = `${settings.publicUrl}/api/v1/auth/entra/callback`;
  }

  /**
   * Where to send the browser, and what to keep for when it comes back.
   * @throws EntraRefused
   */
  async begin(given: { directory?: string; linkFor?: string }): Promise<{ url: string; pending: PendingSignIn }> {
    const directory = (given.directory ?? this.directories.usual).toLowerCase();
    const pending: PendingSignIn = {
      directory,
      state: randomState(),
      nonce: randomNonce(),
      codeVerifier: randomPKCECodeVerifier(),
      startedAt: Date.now(),
      ...(given.linkFor === undefined ? {} : { linkFor: given.linkFor }),
    };
    const codeChallenge = await calculatePKCECodeChallenge(pending.codeVerifier);
    const configuration = await refusing(() => this.directories.configuration(directory));
    const url = buildAuthorizationUrl(configuration, {
      redirect_uri: this.redirectUri,
      response_mode: 'query',
      scope: SCOPE,
      state: pending.state,
      nonce: pending.nonce,
      code_challenge: codeChallenge,
      code_challenge_method: 'S256',
      // Who links an account looks at which one it is.
      ...(given.linkFor === undefined ? {} : { prompt: 'select_account' }),
    });
    return { url: this.directories.forBrowser(url), pending };
  }

  /**
   * Redeems what the browser came back with.
   * @param query of the callback's address
   * @throws EntraRefused
   */
  async finish(pending: PendingSignIn, query: string): Promise<EntraSignIn> {
    const late = Date.now() - pending.startedAt > PENDING_MS;
    if (late || new URLSearchParams(query).get('state') !== pending.state) throw new EntraRefused('expired');
    return refusing(async () => {
      const configuration = await this.directories.configuration(pending.directory);
      const tokens = await authorizationCodeGrant(configuration, new URL(`${this.redirectUri}?${query}`), {
        pkceCodeVerifier: pending.codeVerifier,
        expectedState: pending.state,
        expectedNonce: pending.nonce,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      const [tid, oid] = [claims?.['tid'], claims?.['oid']];
      if (!isUuid(tid) || !isUuid(oid) || tid.toLowerCase() !== pending.directory) throw new EntraRefused('failed');
      return {
        identity: { entraTenantId: tid.toLowerCase(), objectId: oid.toLowerCase() },
        refreshToken: tokens.refresh_token,
      };
    });
  }
}

/** Turns what the protocol's library throws into a refusal; its texts may quote what was sent, so none is passed on. */
async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof EntraRefused) throw error;
    if (error instanceof AuthorizationResponseError) throw new EntraRefused('denied');
    if (isLoginOut(error)) throw new EntraRefused('unreachable');
    if (error instanceof ResponseBodyError || error instanceof ClientError) throw new EntraRefused('failed');
    throw error;
  }
}
