import { createHash, randomUUID } from 'node:crypto';
import type { DirectoryObject } from '../directory/directory-store.js';
import type { SeedApp } from '../store/seed-tenant.js';
import { textOf } from '../store/graph-body.js';
import { stableGuid } from '../store/stable-id.js';
import type { TenantStore } from '../store/tenant-store.js';
import type { Scopes } from './scopes.js';
import type { SigningKey } from './signing-key.js';

/** Seconds; what Entra answers for client credentials (its own value varies between 3599 and 3600). */
export const TOKEN_LIFETIME = 3599;

/** Writes the tokens of Entra: claims follow its documents (`access-token-claims-reference`, `id-token-claims-reference`). */
export class TokenIssuer {
  constructor(
    private readonly key: SigningKey,
    private readonly now: () => number,
  ) {}

  /** For an app by itself. An app without application permissions gets no `roles`; Graph, not Entra, refuses it later. */
  forApp(tenant: TenantStore, app: SeedApp): string {
    return this.key.sign({
      ...this.graphClaims(tenant, app),
      idtyp: 'app',
      oid: stableGuid(`service principal ${tenant.entraTenantId} ${app.clientId}`),
      ...(app.permissions.length === 0 ? {} : { roles: [...app.permissions] }),
    });
  }

  /** For a user through an app. */
  forUser(tenant: TenantStore, app: SeedApp, user: DirectoryObject, scopes: Scopes): string {
    return this.key.sign({
      ...this.graphClaims(tenant, app),
      idtyp: 'user',
      oid: user.id,
      sub: subject(app, user),
      name: textOf(user.body, 'displayName'),
      upn: textOf(user.body, 'userPrincipalName'),
      unique_name: textOf(user.body, 'userPrincipalName'),
      scp: [...scopes.openid.filter((name) => name !== 'offline_access'), ...scopes.graph].join(' '),
    });
  }

  /** Says to the app who the user is. */
  idToken(
    tenant: TenantStore,
    app: SeedApp,
    user: DirectoryObject,
    { issuer, nonce, scopes }: { issuer: string; nonce: string | undefined; scopes: Scopes },
  ): string {
    const mail = textOf(user.body, 'mail');
    return this.key.sign({
      ...this.life(),
      aud: app.clientId,
      iss: issuer,
      oid: user.id,
      sub: subject(app, user),
      tid: tenant.entraTenantId,
      ver: '2.0',
      uti: randomUUID(),
      ...(nonce === undefined ? {} : { nonce }),
      ...(scopes.openid.includes('profile')
        ? { name: textOf(user.body, 'displayName'), preferred_username: textOf(user.body, 'userPrincipalName') }
        : {}),
      ...(scopes.openid.includes('email') && mail !== undefined ? { email: mail } : {}),
    });
  }

  private graphClaims(tenant: TenantStore, app: SeedApp) {
    return {
      ...this.life(),
      aud: 'https://graph.microsoft.com',
      iss: `https://sts.windows.net/${tenant.entraTenantId}/`,
      appid: app.clientId,
      appidacr: '1',
      tid: tenant.entraTenantId,
      uti: randomUUID(),
      ver: '1.0',
    };
  }

  private life() {
    const iat = Math.floor(this.now() / 1000);
    return { iat, nbf: iat, exp: iat + TOKEN_LIFETIME };
  }
}

/** Pairwise: another app sees another subject for the same user. */
function subject(app: SeedApp, user: DirectoryObject): string {
  return createHash('sha256').update(`${app.clientId} ${user.id}`.toLowerCase()).digest('base64url');
}
