import { randomUUID } from 'node:crypto';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import request from 'supertest';
import {
  scriptedServer,
  sendJson,
  type Script,
  type ScriptedServer,
} from '#libs/graph-client/testing/scripted-server.js';
import { ROLES, type Role } from '#libs/access-model/src/permissions.js';
import { PlatformModule } from '../../../src/contexts/platform.module.js';
import { DirectoryHttpModule } from '../../../src/modules/directory/directory.http.module.js';
import { TenancyHttpModule } from '../../../src/modules/tenancy/tenancy.http.module.js';
import { TenancyModule } from '../../../src/modules/tenancy/tenancy.module.js';
import { TenantProvisioning } from '../../../src/modules/tenancy/tenancy.provisioning.js';
import { AccessModule } from '../../../src/platform/access/access.module.js';
import { DelegatedTokens, type DelegatedToken } from '../../../src/platform/access/delegated-tokens.js';
import { SETTINGS } from '../../../src/platform/config/settings.js';
import { grantTenantScope, type TenantScope } from '../../../src/platform/database/tenant-scope.js';
import { configureHttpApp } from '../../../src/platform/http/configure-app.js';
import { testSettings } from '../../support/settings.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

const PASSWORD = 'correct horse battery staple';

/** What a sign-in with Microsoft would have left in the session. */
export class GivenTokens extends DelegatedTokens {
  token: DelegatedToken = { available: false, reason: 'no_session', message: 'Sign in with Microsoft first.' };
  /** The directories that were asked for. */
  readonly asked: string[] = [];

  override forCaller(_request: unknown, entraTenantId: string): Promise<DelegatedToken> {
    this.asked.push(entraTenantId);
    return Promise.resolve(this.token);
  }
}

/**
 * The directory's API over HTTP with Graph scripted: Contoso with `<role>@contoso.example` of every role, Fabrikam with
 * its owner. No worker works what is started.
 */
export class DirectoryApp {
  script: Script = (_, response) => sendJson(response, {}, 500);

  private constructor(
    readonly db: TestDatabase,
    readonly graph: ScriptedServer,
    readonly app: NestExpressApplication,
    readonly contoso: { id: string; entraTenantId: string; scope: TenantScope },
    readonly fabrikam: { id: string; entraTenantId: string; scope: TenantScope },
    private readonly cookies: ReadonlyMap<string, string>,
    holder: { script: () => Script },
  ) {
    holder.script = () => this.script;
  }

  static async start(): Promise<DirectoryApp> {
    const db = await createTestDatabase();
    const holder = { script: (): Script => (_, response) => sendJson(response, {}, 500) };
    const graph = await scriptedServer((seen, response, index) => holder.script()(seen, response, index));
    const settings = testSettings(db.url, {
      graph: {
        graphOrigin: graph.origin,
        loginOrigin: 'http://127.0.0.1:9',
        loginAuthority: 'https://login.sim.local',
      },
    });
    const testing = await Test.createTestingModule({
      imports: [PlatformModule, AccessModule, TenancyModule, TenancyHttpModule, DirectoryHttpModule],
    })
      .overrideProvider(SETTINGS)
      .useValue(settings)
      .overrideProvider(DelegatedTokens)
      .useClass(GivenTokens)
      .compile();
    const app = testing.createNestApplication<NestExpressApplication>({ bodyParser: false, logger: false });
    configureHttpApp(app, settings);
    await app.init();
    const contoso = await provisioned(app, 'contoso', ROLES);
    const fabrikam = await provisioned(app, 'fabrikam', ['Owner']);
    const cookies = new Map<string, string>();
    for (const email of [...ROLES.map((role) => `${role}@contoso.example`), 'Owner@fabrikam.example']) {
      cookies.set(email, await signedIn(app, email));
    }
    return new DirectoryApp(db, graph, app, contoso, fabrikam, cookies, holder);
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.graph.close();
    await this.db.close();
  }

  get tokens(): GivenTokens {
    return this.app.get<GivenTokens>(DelegatedTokens, { strict: false });
  }

  /** Below `/directory/groups` of Contoso as its operator, unless `given` says otherwise; without a cookie for `null`. */
  call(
    method: 'get' | 'post',
    path = '',
    given: { role?: Role; tenant?: string; email?: string | null } = {},
  ): request.Test {
    const email = given.email === undefined ? `${given.role ?? 'Operator'}@contoso.example` : given.email;
    const test = request(this.app.getHttpServer())[method](
      `/api/v1/tenants/${given.tenant ?? this.contoso.id}/directory/groups${path}`,
    );
    return email === null ? test : test.set('cookie', this.cookies.get(email) ?? '');
  }
}

async function provisioned(
  app: NestExpressApplication,
  name: string,
  roles: readonly Role[],
): Promise<{ id: string; entraTenantId: string; scope: TenantScope }> {
  const members = roles.map((role) => ({
    email: `${role}@${name}.example`,
    name: `${role} of ${name}`,
    password: PASSWORD,
    role,
  }));
  const entraTenantId = randomUUID();
  const { tenantId } = await app.get(TenantProvisioning).provision({ name, entraTenantId, members });
  return { id: tenantId, entraTenantId, scope: grantTenantScope(tenantId) };
}

async function signedIn(app: NestExpressApplication, email: string): Promise<string> {
  const answer = await request(app.getHttpServer()).post('/api/v1/auth/login').send({ email, password: PASSWORD });
  const set = (answer.headers['set-cookie'] as unknown as string[] | undefined) ?? [];
  return set.map((cookie) => cookie.split(';')[0]).join('; ');
}
