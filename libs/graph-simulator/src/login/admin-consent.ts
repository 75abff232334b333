import type { Reply } from '../http/reply.js';
import { entra, Refused } from './entra-errors.js';
import type { KnownApps } from './known-apps.js';
import { errorPage, redirect } from './login-pages.js';

/**
 * `/{tenant}/adminconsent`: an administrator accepts at once, or declines with `sim_cancel`; the app is known to the tenant from
 * then on.
 */
export function adminConsent(apps: KnownApps, tenantName: string, parameters: URLSearchParams): Reply {
  try {
    const tenant = apps.tenants(tenantName)[0];
    if (tenant === undefined) throw new Refused(entra.noTenant());
    const app = apps.registered(tenant, parameters.get('client_id'));
    const redirectUri = parameters.get('redirect_uri');
    if (redirectUri === null || !URL.canParse(redirectUri) || app.redirectUris?.includes(redirectUri) === false)
      throw new Refused(entra.redirectMismatch(redirectUri ?? '', app.clientId));
    const target = new URL(redirectUri);
    const state = parameters.get('state');
    if (parameters.has('sim_cancel')) {
      target.searchParams.set('error', 'permission_denied');
      target.searchParams.set('error_description', 'The admin canceled the request');
    } else {
      apps.consent(tenant, app);
      target.searchParams.set('admin_consent', 'True');
      target.searchParams.set('tenant', tenant.entraTenantId);
    }
    if (state !== null) target.searchParams.set('state', state);
    return redirect(target.toString());
  } catch (error) {
    if (error instanceof Refused) return errorPage(`AADSTS${error.refusal.code}: ${error.refusal.text}`);
    throw error;
  }
}
