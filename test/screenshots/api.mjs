/** How long a run may take before something must be wrong. */
const PATIENCE_MS = 300_000;

/** The product's API as one signed-in person of one tenant uses it. */
export class Api {
  constructor(origin, cookie, tenantId) {
    this.base = `${origin}/api/v1/tenants/${tenantId}`;
    this.cookie = cookie;
    this.tenantId = tenantId;
  }

  static async signIn(origin, credentials) {
    const answer = await fetch(`${origin}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(credentials),
    });
    if (!answer.ok) throw new Error(`Signing in answered ${answer.status}.`);
    const cookie = answer.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');
    const me = await (await fetch(`${origin}/api/v1/me`, { headers: { cookie } })).json();
    return new Api(origin, cookie, me.memberships[0].tenantId);
  }

  get(path) {
    return sent(this.base + path, 'GET', undefined, { cookie: this.cookie });
  }

  post(path, body = {}) {
    return sent(this.base + path, 'POST', body, { cookie: this.cookie });
  }

  /** Starts a run and answers it when it has ended, however it did. */
  async run(path, body = {}) {
    const { run } = await this.post(path, body);
    for (const begin = Date.now(); Date.now() - begin < PATIENCE_MS;) {
      const now = await this.get(`/operations/${run.id}`);
      if (now.status === 'completed') return now;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    throw new Error(`Run ${run.id} (${run.label}) did not end.`);
  }
}

/** The answer's JSON; throws for one that is no success. */
export async function sent(url, method, body, headers = {}) {
  const answer = await fetch(url, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${url} answered ${answer.status}: ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}
