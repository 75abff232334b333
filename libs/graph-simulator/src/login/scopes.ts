import type { SeedApp } from '../store/seed-tenant.js';
import { entra, Refused } from './entra-errors.js';

const GRAPH = 'https://graph.microsoft.com/';
export const GRAPH_DEFAULT = `${GRAPH}.default`;
const OPENID = ['openid', 'profile', 'email', 'offline_access'];

/** What a user lends an app. */
export interface Scopes {
  openid: string[];
  /** Delegated permissions of Graph, without the resource in front. */
  graph: string[];
}

/**
 * The scopes of a request: OpenID's, and Graph's with or without its address in front. `.default` stands for all that the
 * app was consented to. Throws Refused: a scope of another resource, or one without consent.
 */
export function readScopes(text: string, app: SeedApp): Scopes {
  const names = text.split(' ').filter((name) => name !== '');
  const openid = names.filter((name) => OPENID.includes(name.toLowerCase())).map((name) => name.toLowerCase());
  const others = names.filter((name) => !OPENID.includes(name.toLowerCase()));
  const foreign = others.find((name) => name.includes('/') && !name.startsWith(GRAPH));
  if (foreign !== undefined) throw new Refused(entra.badScope(foreign));
  const asked = others.map((name) => (name.startsWith(GRAPH) ? name.slice(GRAPH.length) : name));
  const consented = app.delegatedPermissions;
  const graph = asked.flatMap((name) => (name === '.default' ? (consented ?? ['User.Read']) : [name]));
  const missing = graph.find((name) => consented?.every((each) => each.toLowerCase() !== name.toLowerCase()) === true);
  if (missing !== undefined && missing.toLowerCase() !== 'user.read') throw new Refused(entra.noConsent(app.clientId));
  return { openid, graph: graph.length === 0 ? ['User.Read'] : [...new Set(graph)] };
}

/** The scopes as a token answer lists them. */
export function scopeText({ openid, graph }: Scopes): string {
  return [...openid.filter((name) => name !== 'offline_access'), ...graph.map((name) => `${GRAPH}${name}`)].join(' ');
}
