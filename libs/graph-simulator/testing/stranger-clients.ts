import {
  ConfidentialClientApplication,
  type Configuration,
  type INetworkModule,
  type NetworkRequestOptions,
  type NetworkResponse,
} from '@azure/msal-node';
import {
  AuthenticationHandler,
  Client,
  RedirectHandler,
  RetryHandler,
  TelemetryHandler,
  type Context,
  type Middleware,
} from '@microsoft/microsoft-graph-client';
import { Agent, fetch as fetchOverTls, type Response } from 'undici';
import type { SeedTenant } from '../src/store/seed-tenant.js';
import { RunningSimulator, type Credentials } from './running-simulator.js';
import { selfSigned } from './self-signed.js';

/** What a request is when it leaves the chain of handlers. */
interface Sending {
  request: string | { url: string };
  options?: { method?: string; headers?: Record<string, string>; body?: string };
}

/**
 * Microsoft's Graph client with its usual chain of handlers, and MSAL with its own checks of the authority, over https to one
 * origin. Nothing in them knows of the simulator.
 */
export class StrangerClients {
  private constructor(
    readonly simulator: RunningSimulator,
    private readonly agent: Agent,
    private readonly app: Credentials,
  ) {}

  /** A simulator of these tenants under a new certificate, which these clients trust; `app` is who they sign in as. */
  static async start(tenants: readonly SeedTenant[], app: Credentials): Promise<StrangerClients> {
    const { key, cert } = selfSigned();
    const simulator = await RunningSimulator.start({ tenants, tls: { key, cert } });
    return new StrangerClients(simulator, new Agent({ connect: { ca: cert } }), app);
  }

  async close(): Promise<void> {
    await this.simulator.close();
    await this.agent.close();
  }

  /** The certificate is for a name, not for an address. */
  private get origin(): string {
    return this.simulator.graphOrigin.replace('127.0.0.1', 'localhost');
  }

  /** What the last request of a Graph client was answered with. */
  last: Response | undefined;

  graph(token: () => Promise<string> = () => this.appToken()): Client {
    const send: Middleware = {
      execute: async (context: Context) => {
        const { request, options } = context as unknown as Sending;
        const { method, headers, body } = options ?? {};
        const answer = await fetchOverTls(typeof request === 'string' ? request : request.url, {
          method,
          headers,
          body,
          dispatcher: this.agent,
        });
        this.last = answer;
        context.response = answer;
      },
    };
    const chain = [
      new AuthenticationHandler({ getAccessToken: token }),
      new RetryHandler(),
      new RedirectHandler(),
      new TelemetryHandler(),
    ];
    chain.forEach((handler, index) => handler.setNext(chain[index + 1] ?? send));
    return Client.initWithMiddleware({
      middleware: chain[0],
      baseUrl: this.origin,
      defaultVersion: 'beta',
      customHosts: new Set(['localhost']),
    });
  }

  msal(auth: Partial<Configuration['auth']>): ConfidentialClientApplication {
    const networkClient: INetworkModule = {
      sendGetRequestAsync: (url, options) => this.exchange('GET', url, options),
      sendPostRequestAsync: (url, options) => this.exchange('POST', url, options),
    };
    return new ConfidentialClientApplication({
      auth: {
        clientId: this.app.clientId,
        authority: `${this.origin}/${this.app.entraTenantId}`,
        knownAuthorities: [new URL(this.origin).host],
        ...auth,
      },
      system: { networkClient },
    });
  }

  async appToken(auth: Partial<Configuration['auth']> = { clientSecret: this.app.clientSecret }): Promise<string> {
    const scopes = ['https://graph.microsoft.com/.default'];
    const result = await this.msal(auth).acquireTokenByClientCredential({ scopes });
    return result?.accessToken ?? '';
  }

  /** A page as a browser asks for it, redirections not followed. */
  visit(url: string): Promise<Response> {
    return fetchOverTls(url, { dispatcher: this.agent, redirect: 'manual' });
  }

  private async exchange<T>(
    method: string,
    url: string,
    { headers, body }: NetworkRequestOptions = {},
  ): Promise<NetworkResponse<T>> {
    const answer = await fetchOverTls(url, { method, headers, body, dispatcher: this.agent, redirect: 'manual' });
    return {
      status: answer.status,
      headers: Object.fromEntries(answer.headers.entries()),
      body: (await answer.json()) as T,
    };
  }
}
