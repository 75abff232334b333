import { DEMO_CONTOSO } from '../src/demo/demo-credentials.js';
import { createGraphSimulator, type GraphSimulatorOptions } from '../src/graph-simulator.js';
import type { GraphBody } from '../src/store/graph-body.js';

/** An answer with its JSON already read; `json` is `{}` for an empty or a non-JSON one. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  json: Record<string, unknown>;
}

/** A member of a list; `id` is missing only where the path says so, as with `$select`. */
export type ListedObject = GraphBody & { id: string };

export interface Credentials {
  entraTenantId: string;
  clientId: string;
  clientSecret: string;
}

/** A simulator on free ports with what a test asks of it. */
export class RunningSimulator {
  constructor(
    readonly graphOrigin: string,
    readonly controlOrigin: string,
    readonly close: () => Promise<void>,
  ) {}

  static async start(options: Partial<GraphSimulatorOptions> = {}): Promise<RunningSimulator> {
    const simulator = createGraphSimulator({ port: 0, ...options });
    const started = await simulator.start();
    return new RunningSimulator(started.graphOrigin, started.controlOrigin, () => simulator.close());
  }

  /** A token request; `form` adds to or overrides the usual fields, null takes one away. */
  async signIn(
    credentials: Credentials,
    form: Record<string, string | null> = {},
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const fields = {
      client_id: credentials.clientId,
      client_secret: credentials.clientSecret,
      grant_type: 'client_credentials',
      scope: 'https://graph.microsoft.com/.default',
      ...form,
    };
    const body = new URLSearchParams();
    for (const [key, value] of Object.entries(fields)) if (value !== null) body.set(key, value);
    return answerOf(
      fetch(`${this.graphOrigin}/${credentials.entraTenantId}/oauth2/v2.0/token`, { method: 'POST', body, headers }),
    );
  }

  async token(credentials: Credentials = DEMO_CONTOSO): Promise<string> {
    const { json } = await this.signIn(credentials);
    return String(json.access_token);
  }

  /** A Graph request; `path` starts with the version, or is a whole link. */
  graph(
    path: string,
    token: string,
    init: { method?: string; body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Answer> {
    const url = path.startsWith('http') ? path : this.graphOrigin + path;
    return answerOf(
      fetch(url, {
        method: init.method ?? 'GET',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...init.headers },
        body: init.body === undefined ? undefined : JSON.stringify(init.body),
      }),
    );
  }

  /** Every object of a list, page by page along the links as given. */
  async all(path: string, token: string): Promise<ListedObject[]> {
    const items: ListedObject[] = [];
    for (let next: string | undefined = path; next !== undefined;) {
      const { status, json, text } = await this.graph(next, token);
      if (status !== 200) throw new Error(`${next}: ${status} ${text}`);
      items.push(...(json.value as ListedObject[]));
      next = json['@odata.nextLink'] as string | undefined;
    }
    return items;
  }

  control(method: string, path: string, body?: unknown): Promise<Answer> {
    return answerOf(
      fetch(this.controlOrigin + path, {
        method,
        headers: body === undefined ? {} : { 'content-type': 'application/json' },
        body: body === undefined ? undefined : JSON.stringify(body),
      }),
    );
  }
}

async function answerOf(pending: Promise<Response>): Promise<Answer> {
  const response = await pending;
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parsed(text) };
}

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
