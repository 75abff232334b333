import { productEnvironment, ROOT } from '../engine/environment.mjs';
import { Child } from '../process/child.mjs';
import { freePort } from '../servers/free-port.mjs';

/** The product's API process on one database, and a member who asks it. */
export class Api {
  /**
   * @param {Child} child
   * @param {string} base
   * @param {string} token
   */
  constructor(child, base, token) {
    this.child = child;
    this.base = base;
    this.headers = { authorization: `Bearer ${token}` };
  }

  /**
   * @param {string} databaseUrl
   * @param {import('./seed.mjs').Seeded} seeded
   */
  static async start(databaseUrl, { tenantId, token }) {
    const port = await freePort();
    const env = { ...productEnvironment({ databaseUrl }), PORT: String(port), WEB_DIR: `${ROOT}web/dist` };
    const recorder = new URL('./recorder.mjs', import.meta.url).href;
    const child = new Child('the API', `${ROOT}dist/src/main.js`, [], env, [recorder]);
    await child.message((message) => message === 'ready');
    return new Api(child, `http://127.0.0.1:${port}/api/v1/tenants/${tenantId}/operations`, token);
  }

  /**
   * @param {string} path below the tenant's operations, with its query
   * @returns {Promise<any>}
   */
  async get(path) {
    const response = await fetch(this.base + path, { headers: this.headers });
    const body = await response.text();
    if (!response.ok) throw new Error(`GET ${path} answered ${response.status}: ${body.slice(0, 300)}`);
    return JSON.parse(body);
  }

  /**
   * What a request sends to PostgreSQL about runs, without what it asks about the caller.
   * @param {string} path
   * @returns {Promise<import('./recorder.mjs').Turn[]>}
   */
  async turnsOf(path) {
    await this.child.ask('record');
    await this.get(path);
    /** @type {import('./recorder.mjs').Turn[][]} */
    const units = await this.child.ask('recorded');
    return units.filter((unit) => unit.flat().some(({ text }) => text.includes('operation_run'))).flat();
  }

  stop() {
    return this.child.kill();
  }
}
