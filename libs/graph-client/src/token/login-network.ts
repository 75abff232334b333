import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import { record } from '../transport/error-body.js';
import { NetworkFault, exchange } from '../transport/http-exchange.js';
import { type LoginRefusal, readLoginRefusal } from './login-refusal.js';

const TIMEOUT_MS = 30_000;
const LARGEST_BODY = 1024 * 1024;

/** What MSAL's own error would not tell: how the login last failed, on discovery too. */
export interface LoginTrouble {
  refusal?: LoginRefusal;
  fault?: string;
}

/**
 * The network below MSAL. MSAL takes only https authorities, so a simulator on plain http publishes an https origin
 * (`loginAuthority`) and is reached at `loginOrigin`; where the two are equal, as in production, nothing is rewritten.
 * It keeps the last trouble, since MSAL drops the AADSTS text of a tenant that discovery does not find.
 */
export class LoginNetwork implements INetworkModule {
  private trouble: LoginTrouble = {};

  constructor(
    private readonly loginAuthority: string,
    private readonly loginOrigin: string,
  ) {}

  /** The trouble since it was last taken. */
  takeTrouble(): LoginTrouble {
    const trouble = this.trouble;
    this.trouble = {};
    return trouble;
  }

  sendGetRequestAsync<T>(url: string, options?: NetworkRequestOptions, timeout?: number): Promise<NetworkResponse<T>> {
    return this.send('GET', url, options, timeout);
  }

  sendPostRequestAsync<T>(url: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> {
    return this.send('POST', url, options);
  }

  private async send<T>(
    method: 'GET' | 'POST',
    url: string,
    options: NetworkRequestOptions = {},
    timeout = TIMEOUT_MS,
  ): Promise<NetworkResponse<T>> {
    const reply = await exchange({
      method,
      url: this.reachable(url),
      headers: {
        ...(method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
        ...options.headers,
      },
      body: method === 'POST' ? (options.body ?? '') : undefined,
      timeoutMs: timeout,
      maxBodyBytes: LARGEST_BODY,
    }).catch((error: unknown) => this.fail(error instanceof Error ? error : new NetworkFault('unknown fault')));
    const body = parseObject(reply.text);
    if (reply.status >= 400) this.trouble = { refusal: readLoginRefusal(reply.status, body) };
    else if (!body) this.fail(new NetworkFault(`the login answered ${reply.status} without JSON`));
    return { status: reply.status, headers: { ...reply.headers }, body: (body ?? {}) as T };
  }

  private fail(error: Error): never {
    this.trouble = { fault: error.message };
    throw error;
  }

  /** Client secrets go to the authority and nowhere else, whatever a discovery document says. */
  private reachable(url: string): string {
    const target = new URL(url);
    if (target.origin !== new URL(this.loginAuthority).origin) {
      this.fail(new NetworkFault(`refused to call ${target.origin}, which is not the login authority`));
    }
    return `${new URL(this.loginOrigin).origin}${target.pathname}${target.search}`;
  }
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    return record(JSON.parse(text));
  } catch {
    return undefined;
  }
}
