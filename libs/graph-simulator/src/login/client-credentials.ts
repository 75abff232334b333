import { timingSafeEqual } from 'node:crypto';
import type { SeedApp } from '../store/seed-tenant.js';
import { checkAssertion, issuerOf, type AssertionRules } from './client-assertion.js';
import { entra, Refused } from './entra-errors.js';

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** How an app says who it is. */
export interface ClientCredentials {
  clientId: string | undefined;
  secret: string | undefined;
  assertion: string | undefined;
}

/** The credentials of a token request, from its form or its Basic header. */
export function credentialsOf(form: URLSearchParams, authorization: string | undefined): ClientCredentials {
  const basic = /^Basic\s+(.+)$/i.exec(authorization ?? '')?.[1];
  if (basic !== undefined) {
    const [id = '', ...secret] = Buffer.from(basic, 'base64').toString('utf8').split(':');
    return { clientId: formDecoded(id), secret: formDecoded(secret.join(':')), assertion: undefined };
  }
  const named = form.get('client_assertion_type') === ASSERTION_TYPE;
  const assertion = named ? given(form, 'client_assertion') : undefined;
  const clientId = given(form, 'client_id') ?? (assertion === undefined ? undefined : issuerOf(assertion));
  return { clientId, secret: given(form, 'client_secret'), assertion };
}

/** Throws Refused unless the credentials are the app's. */
export function checkClient(app: SeedApp, { secret, assertion }: ClientCredentials, rules: AssertionRules): void {
  if (assertion !== undefined) return checkAssertion(assertion, app, rules);
  if (secret === undefined) throw new Refused(entra.noCredential());
  if (!sameText(secret, app.clientSecret)) throw new Refused(entra.wrongSecret(app.clientId));
  if (app.secretExpiresAt !== undefined && Date.parse(app.secretExpiresAt) <= rules.now)
    throw new Refused(entra.expiredSecret(app.clientId));
}

function given(form: URLSearchParams, name: string): string | undefined {
  const value = form.get(name);
  return value === null || value === '' ? undefined : value;
}

/** RFC 6749 2.3.1: both halves of the Basic credential are form-encoded. */
function formDecoded(text: string): string {
  return new URLSearchParams(`v=${text.replaceAll('&', '%26')}`).get('v') ?? '';
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
