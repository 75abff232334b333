import { isIP } from 'node:net';
import type { Environment, Settings } from '../../../platform/config/settings.js';
import { AddressGuard } from './address-guard.js';

/** Beside the scheme's own; in development and tests any port will do. */
const PORTS: readonly string[] = ['', '443', '8443'];

/** Decides which URLs a webhook may have. It knows nothing of names: what they stand for is asked at each delivery. */
export class WebhookUrlRules {
  readonly guard: AddressGuard;
  private readonly environment: Environment;

  constructor(settings: Pick<Settings, 'environment' | 'webhookAllowedNetworks'>) {
    this.environment = settings.environment;
    this.guard = new AddressGuard(settings.webhookAllowedNetworks ?? []);
  }

  /** Why the URL may not be used, as the end of a sentence about it; undefined when it may. */
  faultOf(text: string): string | undefined {
    if (!URL.canParse(text)) return 'must be a URL';
    const url = new URL(text);
    const production = this.environment === 'production';
    if (url.protocol !== 'https:' && (production || url.protocol !== 'http:')) return 'must begin with https://';
    if (url.username !== '' || url.password !== '') return 'must hold no user and no password';
    if (production && !PORTS.includes(url.port)) return 'must use port 443 or 8443';
    const host = hostOf(url);
    if (isIP(host) !== 0 && !this.guard.allows(host)) return 'must lead to the public internet';
    return undefined;
  }
}

/** The host without the brackets of an IPv6 address; numbers in odd notations are plain IPv4 addresses by then. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1');
}

/** What may be shown of the URL: its origin, for paths and queries often hold a token. */
export function shownUrl(text: string): string {
  const url = new URL(text);
  return url.pathname === '/' && url.search === '' ? url.origin : `${url.origin}/…`;
}
