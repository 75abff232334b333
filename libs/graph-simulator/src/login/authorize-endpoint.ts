import type { DirectoryObject } from '../directory/directory-store.js';
import type { Reply } from '../http/reply.js';
import type { SeedApp } from '../store/seed-tenant.js';
import type { TenantStore } from '../store/tenant-store.js';
import { entra, Refused } from './entra-errors.js';
import type { CodeGrant, Grants } from './grants.js';
import type { KnownApps } from './known-apps.js';
import { errorPage, formPost, redirect, signInPage } from './login-pages.js';
import { readScopes } from './scopes.js';

/** Most accounts that the page to choose from shows. */
const MOST_SHOWN = 50;

/**
 * `/oauth2/v2.0/authorize`: signs a seeded user in without a password and sends the browser back with a code. The user is
 * `sim_user` or `login_hint`, a user principal name; without either a page asks, unless `prompt=none`. There is no page
 * for consent: what an app's `delegatedPermissions` name is granted.
 */
export class AuthorizeEndpoint {
  constructor(
    private readonly apps: KnownApps,
    private readonly grants: Grants,
  ) {}

  handle(tenantName: string, parameters: URLSearchParams): Reply {
    let target: { app: SeedApp; redirectUri: string };
    try {
      target = this.target(tenantName, parameters);
    } catch (error) {
      if (error instanceof Refused) return errorPage(`AADSTS${error.refusal.code}: ${error.refusal.text}`);
      throw error;
    }
    try {
      return this.signIn(tenantName, target.app, target.redirectUri, parameters);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { error: name, code, text } = error.refusal;
      const answer = new URLSearchParams({ error: name, error_description: `AADSTS${code}: ${text}` });
      return back(target.redirectUri, parameters, answer);
    }
  }

  /** The app and the address to go back to; a refusal before both are known may not be sent there. */
  private target(tenantName: string, parameters: URLSearchParams): { app: SeedApp; redirectUri: string } {
    const [first, ...others] = this.apps.tenants(tenantName);
    const clientId = parameters.get('client_id');
    const home = [first, ...others].find((tenant) =>
      tenant?.apps.some((app) => app.clientId.toLowerCase() === clientId?.toLowerCase()),
    );
    const tenant = home ?? first;
    if (tenant === undefined) throw new Refused(entra.noTenant());
    const app = this.apps.app(tenant, clientId);
    const redirectUri = parameters.get('redirect_uri');
    if (redirectUri === null) throw new Refused(entra.missingParameter('redirect_uri'));
    if (!URL.canParse(redirectUri) || app.redirectUris?.includes(redirectUri) === false)
      throw new Refused(entra.redirectMismatch(redirectUri, app.clientId));
    return { app, redirectUri };
  }

  private signIn(tenantName: string, app: SeedApp, redirectUri: string, parameters: URLSearchParams): Reply {
    const type = parameters.get('response_type') ?? '';
    if (type !== 'code') throw new Refused(entra.responseType(type));
    const scopes = readScopes(parameters.get('scope') ?? '', app);
    if (parameters.has('sim_cancel')) throw new Refused(entra.declined());
    const tenants = this.apps
      .tenants(tenantName)
      .filter((each) => each.apps.some(({ clientId }) => clientId.toLowerCase() === app.clientId.toLowerCase()));
    const prompt = parameters.get('prompt') ?? '';
    const chosen =
      parameters.get('sim_user') ?? (/login|select_account/.test(prompt) ? null : parameters.get('login_hint'));
    if (chosen === null) {
      if (prompt === 'none') throw new Refused(entra.notSignedIn());
      const users = tenants.flatMap((tenant) => tenant.directory.list('user')).filter(enabled);
      return signInPage(app.clientId, users.slice(0, MOST_SHOWN), parameters);
    }
    const { tenant, user } = userOf(tenants, chosen);
    if (!enabled(user)) throw new Refused(entra.disabledUser());
    const code = this.grants.newCode({
      tenantId: tenant.entraTenantId,
      clientId: app.clientId,
      userId: user.id,
      scopes,
      redirectUri,
      nonce: parameters.get('nonce') ?? undefined,
      challenge: challengeOf(parameters),
    });
    return back(redirectUri, parameters, new URLSearchParams({ code, session_state: user.id }));
  }
}

function userOf(tenants: readonly TenantStore[], name: string): { tenant: TenantStore; user: DirectoryObject } {
  for (const tenant of tenants) {
    const user = tenant.directory.find('user', name);
    if (user !== undefined) return { tenant, user };
  }
  throw new Refused(entra.unknownUser(name));
}

/** A disabled account cannot sign in; one of which the seed says nothing can. */
export function enabled({ body }: DirectoryObject): boolean {
  return body.accountEnabled !== false;
}

function challengeOf(parameters: URLSearchParams): CodeGrant['challenge'] {
  const value = parameters.get('code_challenge');
  if (value === null) return undefined;
  return { value, method: parameters.get('code_challenge_method') === 'S256' ? 'S256' : 'plain' };
}

/** Sends the answer to the app in the mode that it asked for. */
function back(redirectUri: string, parameters: URLSearchParams, answer: URLSearchParams): Reply {
  const state = parameters.get('state');
  if (state !== null) answer.set('state', state);
  if (parameters.get('response_mode') === 'form_post') return formPost(redirectUri, answer);
  const target = new URL(redirectUri);
  if (parameters.get('response_mode') === 'fragment') target.hash = answer.toString();
  else for (const [name, value] of answer) target.searchParams.set(name, value);
  return redirect(target.toString());
}
