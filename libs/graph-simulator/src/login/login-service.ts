import { randomUUID, timingSafeEqual } from 'node:crypto';
import type { Reply } from '../http/reply.js';
import type { SimRequest } from '../http/request.js';
import type { SeedApp } from '../store/seed-tenant.js';
import { isGuid, stableGuid } from '../store/stable-id.js';
import type { SimulatorStore } from '../store/simulator-store.js';
import type { TenantStore } from '../store/tenant-store.js';
import { entra, entraError, loginHeaders, type EntraRefusal } from './entra-errors.js';
import type { SigningKey } from './signing-key.js';

/** Seconds; what Entra answers for client credentials (its own value varies between 3599 and 3600). */
export const TOKEN_LIFETIME = 3599;
const GRAPH_SCOPE = 'https://graph.microsoft.com/.default';
const DOMAIN = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/i;

interface Credentials {
  clientId: string | null;
  clientSecret: string | null;
}

/** Entra's endpoints: discovery, keys and tokens by client credentials. */
export class LoginService {
  constructor(
    private readonly store: SimulatorStore,
    private readonly key: SigningKey,
    /** Origin that the discovery document names. MSAL refuses http, so this is https and the client maps it to the simulator. */
    private readonly publicOrigin: string,
    private readonly now: () => number,
  ) {}

  /** The answer for a login path; undefined when the path is none of the login service's. */
  handle(request: SimRequest): Reply | undefined {
    const [, tenant = '', ...rest] = request.pathname.split('/');
    const correlationId = request.header('client-request-id') ?? request.query.get('client-request-id') ?? randomUUID();
    switch (rest.join('/')) {
      case 'v2.0/.well-known/openid-configuration':
        return this.answer(correlationId, () => this.discovery(tenant));
      case 'discovery/v2.0/keys':
        return this.answer(correlationId, () => this.key.jwks());
      case 'oauth2/v2.0/token':
        return this.answer(correlationId, () => this.token(tenant, request));
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

  private discovery(tenantName: string): object {
    const tenant = this.tenant(tenantName, 'discovery');
    const base = `${this.publicOrigin}/${tenant.entraTenantId}`;
    return {
      token_endpoint: `${base}/oauth2/v2.0/token`,
      token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
      jwks_uri: `${base}/discovery/v2.0/keys`,
      response_modes_supported: ['query', 'fragment', 'form_post'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['RS256'],
      response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
      scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
      issuer: `${base}/v2.0`,
      request_uri_parameter_supported: false,
      userinfo_endpoint: 'https://graph.microsoft.com/oidc/userinfo',
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
      http_logout_supported: true,
      end_session_endpoint: `${base}/oauth2/v2.0/logout`,
      claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'tid', 'ver', 'oid'],
      tenant_region_scope: 'EU',
      cloud_instance_name: 'microsoftonline.com',
      cloud_graph_host_name: 'graph.windows.net',
      msgraph_host: 'graph.microsoft.com',
      rbac_url: 'https://pas.windows.net',
    };
  }

  private token(tenantName: string, request: SimRequest): object {
    if (request.method !== 'POST') throw new Refused(entra.postOnly(request.method));
    const tenant = this.tenant(tenantName, 'token');
    const form = new URLSearchParams(request.body.toString('utf8'));
    const grant = form.get('grant_type');
    if (grant === null) throw new Refused(entra.missingParameter('grant_type'));
    if (grant !== 'client_credentials') throw new Refused(entra.badGrant(grant));
    const app = knownApp(tenant, credentialsOf(form, request.header('authorization')));
    const scope = form.get('scope');
    if (scope === null) throw new Refused(entra.missingParameter('scope'));
    // MSAL sends what it was asked for together with the OpenID scopes.
    if (!scope.split(' ').includes(GRAPH_SCOPE)) throw new Refused(entra.badScope(scope));
    return {
      token_type: 'Bearer',
      expires_in: TOKEN_LIFETIME,
      ext_expires_in: TOKEN_LIFETIME,
      access_token: this.accessToken(tenant, app),
    };
  }

  private accessToken(tenant: TenantStore, app: SeedApp): string {
    const iat = Math.floor(this.now() / 1000);
    return this.key.sign({
      aud: 'https://graph.microsoft.com',
      iss: `https://sts.windows.net/${tenant.entraTenantId}/`,
      iat,
      nbf: iat,
      exp: iat + TOKEN_LIFETIME,
      appid: app.clientId,
      appidacr: '1',
      idtyp: 'app',
      oid: stableGuid(`service principal ${tenant.entraTenantId} ${app.clientId}`),
      tid: tenant.entraTenantId,
      uti: randomUUID(),
      ver: '1.0',
      // An app without application permissions gets a token without the claim; Graph, not Entra, refuses it later.
      ...(app.permissions.length === 0 ? {} : { roles: [...app.permissions] }),
    });
  }

  private tenant(name: string, where: 'discovery' | 'token'): TenantStore {
    const tenant = this.store.tenant(name);
    if (tenant !== undefined) return tenant;
    throw new Refused(isGuid(name) || DOMAIN.test(name) ? entra.unknownTenant(name, where) : entra.badTenantName(name));
  }
}

class Refused extends Error {
  constructor(readonly refusal: EntraRefusal) {
    super(refusal.text);
  }
}

function credentialsOf(form: URLSearchParams, authorization: string | undefined): Credentials {
  const basic = /^Basic\s+(.+)$/i.exec(authorization ?? '')?.[1];
  if (basic === undefined) return { clientId: form.get('client_id'), clientSecret: form.get('client_secret') };
  const [id = '', ...secret] = Buffer.from(basic, 'base64').toString('utf8').split(':');
  return { clientId: formDecoded(id), clientSecret: formDecoded(secret.join(':')) };
}

/** RFC 6749 2.3.1: both halves of the Basic credential are form-encoded. */
function formDecoded(text: string): string {
  return new URLSearchParams(`v=${text.replaceAll('&', '%26')}`).get('v') ?? '';
}

function knownApp(tenant: TenantStore, { clientId, clientSecret }: Credentials): SeedApp {
  if (clientId === null || clientId === '') throw new Refused(entra.missingParameter('client_id'));
  const app = tenant.apps.find((candidate) => candidate.clientId.toLowerCase() === clientId.toLowerCase());
  if (app === undefined) throw new Refused(entra.unknownApp(clientId, tenant.name));
  if (clientSecret === null || clientSecret === '') throw new Refused(entra.noCredential());
  if (!sameText(clientSecret, app.clientSecret)) throw new Refused(entra.wrongSecret(app.clientId));
  return app;
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
