import type { SimRequest } from '../http/request.js';
import type { SeedApp } from '../store/seed-tenant.js';
import type { SimulatorStore } from '../store/simulator-store.js';
import { enabled } from './authorize-endpoint.js';
import { checkClient, credentialsOf, type ClientCredentials } from './client-credentials.js';
import { entra, Refused } from './entra-errors.js';
import type { Grant, Grants } from './grants.js';
import type { KnownApps } from './known-apps.js';
import { GRAPH_DEFAULT, readScopes, scopeText, type Scopes } from './scopes.js';
import { TOKEN_LIFETIME, type TokenIssuer } from './token-issuer.js';

export interface TokenEndpointParts {
  store: SimulatorStore;
  apps: KnownApps;
  grants: Grants;
  issuer: TokenIssuer;
  now(): number;
}

/** `/oauth2/v2.0/token`: client credentials, authorization code and refresh token. */
export class TokenEndpoint {
  constructor(private readonly parts: TokenEndpointParts) {}

  /** The body of a good answer. `publicOrigin` is the one that the discovery document names. Throws Refused. */
  handle(tenantName: string, request: SimRequest, publicOrigin: string): object {
    if (request.method !== 'POST') throw new Refused(entra.postOnly(request.method));
    const form = new URLSearchParams(request.body.toString('utf8'));
    if (!this.parts.apps.isOpen(tenantName)) this.parts.apps.tenant(tenantName, 'token');
    const grantType = form.get('grant_type');
    const client = credentialsOf(form, request.header('authorization'));
    const check = (app: SeedApp) =>
      checkClient(app, client, {
        audiences: audiences(tenantName, app, publicOrigin, request.origin, this.parts.apps),
        now: this.parts.now(),
      });
    switch (grantType) {
      case null:
        throw new Refused(entra.missingParameter('grant_type'));
      case 'client_credentials':
        return this.appToken(tenantName, client, form, check);
      case 'authorization_code':
        return this.redeemed(client, form, publicOrigin, check);
      case 'refresh_token':
        return this.refreshed(client, form, publicOrigin, check);
      default:
        throw new Refused(entra.badGrant(grantType));
    }
  }

  private appToken(
    tenantName: string,
    client: ClientCredentials,
    form: URLSearchParams,
    check: (app: SeedApp) => void,
  ): object {
    const tenant = this.parts.apps.tenant(tenantName, 'token');
    const app = this.parts.apps.app(tenant, client.clientId);
    check(app);
    const scope = form.get('scope');
    if (scope === null) throw new Refused(entra.missingParameter('scope'));
    // MSAL sends what it was asked for together with the OpenID scopes.
    if (!scope.split(' ').includes(GRAPH_DEFAULT)) throw new Refused(entra.badScope(scope));
    return { ...LIFE, access_token: this.parts.issuer.forApp(tenant, app) };
  }

  private redeemed(
    client: ClientCredentials,
    form: URLSearchParams,
    publicOrigin: string,
    check: (app: SeedApp) => void,
  ): object {
    const code = form.get('code');
    if (code === null) throw new Refused(entra.missingParameter('code'));
    const verifier = form.get('code_verifier');
    const clientId = this.checkedClient(client, check);
    const grant = this.parts.grants.redeem(code, clientId, form.get('redirect_uri'), verifier);
    return this.userTokens(grant, grant.scopes, form, publicOrigin, grant.nonce);
  }

  private refreshed(
    client: ClientCredentials,
    form: URLSearchParams,
    publicOrigin: string,
    check: (app: SeedApp) => void,
  ): object {
    const token = form.get('refresh_token');
    if (token === null) throw new Refused(entra.missingParameter('refresh_token'));
    const clientId = this.checkedClient(client, check);
    const grant = this.parts.grants.refreshed(token, clientId);
    const tenant = this.parts.apps.tenant(grant.tenantId, 'token');
    const asked = form.get('scope');
    const scopes = asked === null ? grant.scopes : readScopes(asked, this.parts.apps.app(tenant, clientId));
    return this.userTokens(grant, scopes, form, publicOrigin, undefined);
  }

  /** The id of an app of any tenant that has shown its credentials: the tenant itself is the grant's. */
  private checkedClient(client: ClientCredentials, check: (app: SeedApp) => void): string {
    const { clientId } = client;
    if (clientId === undefined) throw new Refused(entra.missingParameter('client_id'));
    const same = (app: SeedApp) => app.clientId.toLowerCase() === clientId.toLowerCase();
    const app = this.parts.store.tenants().flatMap((tenant) => tenant.apps.filter(same))[0];
    if (app === undefined) throw new Refused(entra.unknownApp(clientId, 'Microsoft'));
    check(app);
    return app.clientId;
  }

  private userTokens(
    grant: Grant,
    scopes: Scopes,
    form: URLSearchParams,
    publicOrigin: string,
    nonce: string | undefined,
  ): object {
    const { apps, grants, issuer } = this.parts;
    const tenant = apps.tenant(grant.tenantId, 'token');
    const app = apps.app(tenant, grant.clientId);
    const user = tenant.directory.find('user', grant.userId);
    if (user === undefined) throw new Refused(entra.unknownUser(grant.userId));
    if (!enabled(user)) throw new Refused(entra.disabledUser());
    const issuerName = `${publicOrigin}/${tenant.entraTenantId}/v2.0`;
    const clientInfo = Buffer.from(JSON.stringify({ uid: user.id, utid: tenant.entraTenantId })).toString('base64url');
    return {
      ...LIFE,
      scope: scopeText(scopes),
      access_token: issuer.forUser(tenant, app, user, scopes),
      ...(scopes.openid.includes('offline_access')
        ? { refresh_token: grants.newRefreshToken({ ...grant, scopes }) }
        : {}),
      ...(scopes.openid.includes('openid')
        ? { id_token: issuer.idToken(tenant, app, user, { issuer: issuerName, nonce, scopes }) }
        : {}),
      ...(form.get('client_info') === '1' ? { client_info: clientInfo } : {}),
    };
  }
}

const LIFE = { token_type: 'Bearer', expires_in: TOKEN_LIFETIME, ext_expires_in: TOKEN_LIFETIME };

/** Every name that this token endpoint goes by, in lower case. */
function audiences(
  tenantName: string,
  app: SeedApp,
  publicOrigin: string,
  usedOrigin: string,
  apps: KnownApps,
): string[] {
  const ids = apps.tenants(tenantName).filter((tenant) => tenant.apps.includes(app));
  const names = [tenantName, ...ids.map((tenant) => tenant.entraTenantId)];
  const origins = [publicOrigin, usedOrigin, 'https://login.microsoftonline.com'];
  const paths = ['oauth2/v2.0/token', 'oauth2/token', 'v2.0'];
  return origins.flatMap((origin) =>
    names.flatMap((name) => paths.map((path) => `${origin}/${name}/${path}`.toLowerCase())),
  );
}
