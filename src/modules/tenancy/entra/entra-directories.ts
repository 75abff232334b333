import { Inject, Injectable } from '@nestjs/common';
import {
  ClientSecretPost,
  Configuration,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  type CustomFetchOptions,
} from 'openid-client';
import { SETTINGS, type GraphSettings, type OidcSettings, type Settings } from '../../../platform/config/settings.js';
import { EntraRefused } from './entra.errors.js';

/** Directories whose endpoints are remembered; anyone may name one, so there is a bound. */
const MOST_DIRECTORIES = 50;
const TIMEOUT_SECONDS = 10;

/**
 * The sign-in endpoints of Entra directories. Each is asked by itself and never `common`, so that the issuer of a token
 * is compared with the one directory that was meant.
 */
@Injectable()
export class EntraDirectories {
  private readonly known = new Map<string, Promise<Configuration>>();
  private readonly graph: GraphSettings;
  private readonly oidc: OidcSettings | undefined;

  constructor(@Inject(SETTINGS) settings: Settings) {
    this.graph = settings.graph;
    this.oidc = settings.oidc;
  }

  get available(): boolean {
    return this.oidc !== undefined;
  }

  /** The directory for whoever names none. */
  get usual(): string {
    return this.settings().entraTenantId;
  }

  /** @throws EntraRefused `not_configured`; what discovery fails with */
  configuration(directory: string): Promise<Configuration> {
    const oidc = this.settings();
    const known = this.known.get(directory);
    if (known !== undefined) return known;
    const found = this.discovered(directory, oidc);
    this.known.set(directory, found);
    found.catch(() => this.known.delete(directory));
    const [oldest] = this.known.keys();
    if (this.known.size > MOST_DIRECTORIES && oldest !== undefined) this.known.delete(oldest);
    return found;
  }

  /** Where a browser goes: the published address, or a simulator's, which publishes one that no browser finds. */
  forBrowser(url: URL): string {
    return this.reachable(url).href;
  }

  private async discovered(directory: string, oidc: OidcSettings): Promise<Configuration> {
    const server = new URL(`/${directory}/v2.0`, this.graph.loginAuthority);
    const configuration = await discovery(server, oidc.clientId, undefined, ClientSecretPost(oidc.clientSecret), {
      [customFetch]: (url: string, options: CustomFetchOptions) => this.fetch(url, options),
      timeout: TIMEOUT_SECONDS,
    });
    enableNonRepudiationChecks(configuration);
    return configuration;
  }

  /** The client secret goes to the authority and nowhere else, whatever a discovery document says. */
  private fetch(url: string, { body, headers, method, signal }: CustomFetchOptions): Promise<Response> {
    const target = this.reachable(new URL(url));
    return fetch(target, {
      method,
      headers,
      redirect: 'manual',
      ...(body === undefined || body === null ? {} : { body }),
      ...(signal === undefined ? {} : { signal }),
    });
  }

  private reachable(url: URL): URL {
    if (url.origin !== new URL(this.graph.loginAuthority).origin) throw new EntraRefused('failed');
    return new URL(`${url.pathname}${url.search}`, this.graph.loginOrigin);
  }

  private settings(): OidcSettings {
    if (this.oidc === undefined) throw new EntraRefused('not_configured');
    return this.oidc;
  }
}
