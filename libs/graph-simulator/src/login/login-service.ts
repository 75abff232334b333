import { randomUUID } from 'node:crypto';
import type { Reply } from '../http/reply.js';
import type { SimRequest } from '../http/request.js';
import type { SimulatorStore } from '../store/simulator-store.js';
import { adminConsent } from './admin-consent.js';
import { AuthorizeEndpoint } from './authorize-endpoint.js';
import { entraError, loginHeaders, Refused } from './entra-errors.js';
import { Grants } from './grants.js';
import { KnownApps } from './known-apps.js';
import { redirect } from './login-pages.js';
import type { SigningKey } from './signing-key.js';
import { TokenEndpoint } from './token-endpoint.js';
import { TokenIssuer } from './token-issuer.js';

/** Entra's endpoints: discovery, keys, sign-in, admin consent and tokens. */
export class LoginService {
  private readonly apps: KnownApps;
  private readonly authorize: AuthorizeEndpoint;
  private readonly tokens: TokenEndpoint;

  constructor(
    store: SimulatorStore,
    private readonly key: SigningKey,
    /**
     * Origin that the discovery document names, `self` for the one the caller used. MSAL refuses http, so that this is https
     * and the client maps it to the simulator.
     */
    private readonly publicOrigin: string,
    private readonly now: () => number,
  ) {
    const grants = new Grants(now);
    this.apps = new KnownApps(store);
    this.authorize = new AuthorizeEndpoint(this.apps, grants);
    this.tokens = new TokenEndpoint({ store, apps: this.apps, grants, issuer: new TokenIssuer(key, now), now });
  }

  /** The answer for a login path; undefined when the path is none of the login service's. */
  handle(request: SimRequest): Reply | undefined {
    const [, tenant = '', ...rest] = request.pathname.split('/');
    const correlationId = request.header('client-request-id') ?? request.query.get('client-request-id') ?? randomUUID();
    const origin = this.publicOrigin === 'self' ? request.origin : this.publicOrigin;
    switch (rest.join('/')) {
      case 'v2.0/.well-known/openid-configuration':
        return this.answer(correlationId, () => this.discovery(tenant, origin));
      case 'discovery/v2.0/keys':
        return this.answer(correlationId, () => this.key.jwks());
      case 'oauth2/v2.0/token':
        return this.answer(correlationId, () => this.tokens.handle(tenant, request, origin));
      case 'oauth2/v2.0/authorize':
        return this.authorize.handle(tenant, parametersOf(request));
      case 'oauth2/v2.0/logout':
        return redirect(request.query.get('post_logout_redirect_uri') ?? origin);
      case 'adminconsent':
      case 'v2.0/adminconsent':
        return adminConsent(this.apps, tenant, request.query);
      default:
        return undefined;
    }
  }

  private answer(correlationId: string, work: () => object): Reply {
    try {
      return { status: 200, headers: loginHeaders(correlationId), body: work() };
    } catch (error) {
      if (error instanceof Refused) return entraError(error.refusal, correlationId, this.now());
      throw error;
    }
  }

  private discovery(tenantName: string, origin: string): object {
    const open = this.apps.isOpen(tenantName);
    const segment = open ? tenantName : this.apps.tenant(tenantName, 'discovery').entraTenantId;
    const base = `${origin}/${segment}`;
    return {
      token_endpoint: `${base}/oauth2/v2.0/token`,
      token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
      jwks_uri: `${base}/discovery/v2.0/keys`,
      response_modes_supported: ['query', 'fragment', 'form_post'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['RS256'],
      response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
      scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
      // For `common` the issuer is a pattern: each token names its own tenant.
      issuer: `${origin}/${open ? '{tenantid}' : segment}/v2.0`,
      request_uri_parameter_supported: false,
      userinfo_endpoint: 'https://graph.microsoft.com/oidc/userinfo',
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
      http_logout_supported: true,
      end_session_endpoint: `${base}/oauth2/v2.0/logout`,
      claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'nonce', 'preferred_username', 'name', 'tid', 'ver', 'oid'],
      tenant_region_scope: open ? null : 'EU',
      cloud_instance_name: 'microsoftonline.com',
      cloud_graph_host_name: 'graph.windows.net',
      msgraph_host: 'graph.microsoft.com',
      rbac_url: 'https://pas.windows.net',
    };
  }
}

/** The authorize endpoint takes its parameters in the query or, by POST, in a form. */
function parametersOf(request: SimRequest): URLSearchParams {
  return request.method === 'POST' ? new URLSearchParams(request.body.toString('utf8')) : request.query;
}
