import { randomUUID } from 'node:crypto';
import type { Type } from '@nestjs/common';
import type request from 'supertest';
import type { SeedApp, SeedTenant, SeedUser } from '#libs/graph-simulator/src/store/seed-tenant.js';
import { RunningSimulator } from '#libs/graph-simulator/testing/running-simulator.js';
import { cookieOf, emailOf, setCookies, startTenancyApp, type TenancyApp } from './tenancy-app.js';

export const CALLBACK = 'http://atlas.example/api/v1/auth/entra/callback';

/** An API that people sign in to with accounts of simulated directories, and their browsers. */
export class EntraApp {
  readonly home = randomUUID();
  readonly elsewhere = randomUUID();
  readonly alice = person('alice');
  readonly mallory = person('mallory');
  /** An account that nobody has linked yet. */
  readonly newcomer = person('newcomer');
  readonly app: SeedApp = {
    clientId: randomUUID(),
    clientSecret: `Sign~in.${randomUUID()}`,
    permissions: [],
    redirectUris: [CALLBACK],
    delegatedPermissions: ['GroupMember.Read.All'],
  };
  simulator!: RunningSimulator;
  tenancy!: TenancyApp;

  static async start(given: { consented?: boolean; controllers?: Type[] } = {}): Promise<EntraApp> {
    const entra = new EntraApp();
    if (given.consented === false) entra.app.delegatedPermissions = [];
    entra.simulator = await RunningSimulator.start({
      tenants: [
        entra.directory(entra.home, [entra.alice, entra.mallory, entra.newcomer]),
        entra.directory(entra.elsewhere, [entra.mallory]),
      ],
    });
    entra.tenancy = await startTenancyApp({
      entraTenantId: entra.home,
      controllers: given.controllers ?? [],
      env: {
        GRAPH_ORIGIN: entra.simulator.graphOrigin,
        LOGIN_ORIGIN: entra.simulator.graphOrigin,
        LOGIN_AUTHORITY: 'https://login.sim.local',
        OIDC_CLIENT_ID: entra.app.clientId,
        OIDC_CLIENT_SECRET: entra.app.clientSecret,
        OIDC_TENANT_ID: entra.home,
      },
    });
    return entra;
  }

  async close(): Promise<void> {
    await this.tenancy.close();
    await this.simulator.close();
  }

  browser(): Browser {
    return new Browser(this);
  }

  /** Puts the account down as that user's, as linking does. */
  async linked(user: SeedUser, email = emailOf('Owner'), directory = this.home): Promise<void> {
    await this.tenancy.db.database.query(
      `INSERT INTO user_identities (entra_tenant_id, object_id, user_id)
       SELECT $1, $2, id FROM users WHERE email = $3 ON CONFLICT DO NOTHING`,
      [directory, user.id, email],
    );
  }

  private directory(entraTenantId: string, users: SeedUser[]): SeedTenant {
    return { entraTenantId, name: entraTenantId, apps: [this.app], users, groups: [], objects: [] };
  }
}

function person(name: string): SeedUser {
  return { id: randomUUID(), displayName: name, userPrincipalName: `${name}@contoso.example` };
}

/** One browser: its cookie, and where it was sent. */
export class Browser {
  cookie = '';

  constructor(private readonly entra: EntraApp) {}

  async get(address: string): Promise<request.Response> {
    const { pathname, search } = new URL(address, 'http://atlas.example');
    return this.kept(
      await this.entra.tenancy
        .http()
        .get(pathname + search)
        .set('cookie', this.cookie),
    );
  }

  async post(path: string, body: object = {}): Promise<request.Response> {
    return this.kept(await this.entra.tenancy.http().post(path).set('cookie', this.cookie).send(body));
  }

  async signInWithPassword(email: string): Promise<void> {
    this.cookie = await this.entra.tenancy.signIn(email);
  }

  /** Where Microsoft sends the browser once the person has chosen an account there. */
  async atMicrosoft(address: string, user: SeedUser, more: Record<string, string> = {}): Promise<string> {
    const url = new URL(address);
    url.searchParams.delete('prompt');
    url.searchParams.set('sim_user', user.userPrincipalName);
    for (const [name, value] of Object.entries(more)) url.searchParams.set(name, value);
    const answer = await fetch(url, { redirect: 'manual' });
    const back = answer.headers.get('location');
    if (back === null) throw new Error(`Microsoft answered ${answer.status}: ${await answer.text()}`);
    return back;
  }

  /** The whole way; answers the last redirect. */
  async signIn(user: SeedUser, query = ''): Promise<string> {
    const start = await this.get(`/api/v1/auth/entra/start${query}`);
    const back = await this.atMicrosoft(String(start.headers['location']), user);
    return String((await this.get(back)).headers['location']);
  }

  private kept(answer: request.Response): request.Response {
    if (setCookies(answer).length > 0) this.cookie = cookieOf(answer);
    return answer;
  }
}
