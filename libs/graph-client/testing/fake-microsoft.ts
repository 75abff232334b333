import { type Script, type ScriptedServer, scriptedServer, sendJson } from './scripted-server.js';

export const AUTHORITY = 'https://login.sim.local';

export interface FakeMicrosoft {
  /** Answers a token request; a token with `roles` unless told. */
  token?: Script;
  /** The application permissions of the token; `opaque`: a token that nobody can read. */
  roles?: readonly string[] | 'opaque';
  /** Answers one member of a batch, by its path; 200 with an empty list unless told. */
  member?: (path: string) => { status: number; body?: unknown; headers?: Record<string, string> };
  /** Answers a batch as a whole. */
  batch?: Script;
}

/** A login and a Graph on one origin, answering as a test wants; the login publishes {@link AUTHORITY}. */
export function fakeMicrosoft(entraTenantId: string, fake: FakeMicrosoft): Promise<ScriptedServer> {
  return scriptedServer((request, response, index) => {
    if (request.method === 'GET') return discovery(entraTenantId)(request, response, index);
    if (request.url.endsWith('/$batch')) return (fake.batch ?? batch(fake))(request, response, index);
    if (fake.token) return fake.token(request, response, index);
    const access_token = fake.roles === 'opaque' ? 'opaque' : tokenWith(fake.roles ?? []);
    return sendJson(response, { token_type: 'Bearer', expires_in: 3_599, access_token });
  });
}

/** The login's error envelope. */
export function refusal(number: number, text: string): object {
  return {
    error: 'invalid_client',
    error_description: `AADSTS${number}: ${text}\r\nTrace ID: t-1\r\nCorrelation ID: c-1\r\nTimestamp: 2026-11-21 12:00:00Z`,
    error_codes: [number],
    trace_id: 't-1',
  };
}

/** Graph's error body with a plain message. */
export function graphError(code: string, message: string): object {
  return { error: { code, message, innerError: { 'request-id': 'r-1' } } };
}

const discovery =
  (entraTenantId: string): Script =>
  ({ url }, response) => {
    if (!url.startsWith(`/${entraTenantId}/v2.0/`)) return sendJson(response, refusal(90002, 'Tenant not found.'), 400);
    const base = `${AUTHORITY}/${entraTenantId}`;
    return sendJson(response, {
      issuer: `${base}/v2.0`,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      token_endpoint: `${base}/oauth2/v2.0/token`,
      jwks_uri: `${base}/discovery/v2.0/keys`,
    });
  };

const batch =
  ({ member = () => ({ status: 200 }) }: FakeMicrosoft): Script =>
  ({ body }, response) => {
    const { requests } = JSON.parse(body) as { requests: { id: string; url: string }[] };
    const responses = requests.map(({ id, url }) => ({ id, headers: {}, body: { value: [] }, ...member(url) }));
    sendJson(response, { responses });
  };

function tokenWith(roles: readonly string[]): string {
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { appid: 'client-1', ...(roles.length === 0 ? {} : { roles }) };
  return `${encode({ alg: 'RS256' })}.${encode(claims)}.signature`;
}
