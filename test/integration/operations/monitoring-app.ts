import { randomUUID } from 'node:crypto';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import request from 'supertest';
import type { Role } from '#libs/access-model/src/permissions.js';
import { ApiModule } from '../../../src/contexts/api.module.js';
import { OperationRunService, type RunView } from '../../../src/modules/operations/operation-run.service.js';
import { OperationsWorkerModule } from '../../../src/modules/operations/operations.worker.module.js';
import { SIGN_IN_LIMITS } from '../../../src/modules/tenancy/sign-in-throttle.js';
import { TenantProvisioning } from '../../../src/modules/tenancy/tenancy.provisioning.js';
import { SETTINGS } from '../../../src/platform/config/settings.js';
import { grantTenantScope } from '../../../src/platform/database/tenant-scope.js';
import { configureHttpApp } from '../../../src/platform/http/configure-app.js';
import { testSettings } from '../../support/settings.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';
import { eventually } from '../../support/eventually.js';
import { done, ProbeModule, ProbeProcessor, ProbeRun, type Script } from './engine.js';

const PASSWORD = 'correct horse battery staple';
const ROLES: readonly Role[] = ['Readonly', 'Operator', 'Manager', 'Owner'];

export interface Member {
  userId: string;
  name: string;
  role: Role;
  tenantId: string;
  get(path: string): request.Test;
  post(path: string, body?: object): request.Test;
}

/** Every query value percent-encoded; lists go in with their commas. */
export function queryOf(values: Readonly<Record<string, string>>): string {
  return new URLSearchParams(values).toString();
}

/**
 * The API as its process has it, on a database of its own, with a worker and the scripted probe beside it, so that runs
 * of every outcome are at hand. Contoso has one member of each role, Fabrikam an owner; neither has a Graph connection.
 */
export class MonitoringApp {
  private constructor(
    readonly db: TestDatabase,
    private readonly app: NestExpressApplication,
    /** Members of Contoso. */
    readonly contoso: Readonly<Record<Role, Member>>,
    readonly stranger: Member,
  ) {}

  static async start(): Promise<MonitoringApp> {
    const db = await createTestDatabase();
    const settings = testSettings(db.url);
    const many = { attempts: 1_000, windowSeconds: 60 };
    const testing = await Test.createTestingModule({ imports: [ApiModule, ProbeModule, OperationsWorkerModule] })
      .overrideProvider(SETTINGS)
      .useValue(settings)
      .overrideProvider(SIGN_IN_LIMITS)
      .useValue({ perAccount: many, perAddress: many })
      .compile();
    const app = testing.createNestApplication<NestExpressApplication>({ bodyParser: false, logger: false });
    configureHttpApp(app, settings);
    await app.init();
    const members = await provisioned(app, 'Contoso', ROLES);
    const [stranger] = await provisioned(app, 'Fabrikam', ['Owner']);
    if (!stranger) throw new Error('Fabrikam has no owner.');
    const byRole = Object.fromEntries(members.map((member) => [member.role, member])) as Record<Role, Member>;
    return new MonitoringApp(db, app, byRole, stranger);
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.db.close();
  }

  /** A request without a session. */
  anonymous(): ReturnType<typeof request> {
    return request(this.app.getHttpServer());
  }

  /** Starts a probe run of this member, which works by `script`; one that is not released would never end. */
  async begin(member: Member, subject: string, script: Script = done): Promise<RunView> {
    this.app.get(ProbeProcessor, { strict: false }).script = script;
    const { run } = await this.app
      .get(OperationRunService, { strict: false })
      .start(grantTenantScope(member.tenantId), { kind: 'user', userId: member.userId, name: member.name }, ProbeRun, {
        subject,
      });
    return run;
  }

  /** The same, worked to its end. */
  async work(member: Member, subject: string, script: Script = done): Promise<RunView> {
    return this.completed(member, (await this.begin(member, subject, script)).id);
  }

  /** The run once it is in that status. */
  reached(member: Member, runId: string, status: RunView['status']): Promise<RunView> {
    return eventually(async () => {
      const { body } = await member.get(`/operations/${runId}`).expect(200);
      return (body as RunView).status === status ? (body as RunView) : undefined;
    });
  }

  completed(member: Member, runId: string): Promise<RunView> {
    return this.reached(member, runId, 'completed');
  }
}

async function provisioned(app: NestExpressApplication, name: string, roles: readonly Role[]): Promise<Member[]> {
  const people = roles.map((role) => ({
    email: `${role.toLowerCase()}@${name.toLowerCase()}.example`,
    name: `${role} of ${name}`,
    password: PASSWORD,
    role,
  }));
  const { tenantId, userIds } = await app
    .get(TenantProvisioning, { strict: false })
    .provision({ name, entraTenantId: randomUUID(), members: people });
  const http = (): ReturnType<typeof request> => request(app.getHttpServer());
  return Promise.all(
    people.map(async ({ email, name: personName, role }) => {
      const answer = await http().post('/api/v1/auth/login').send({ email, password: PASSWORD }).expect(200);
      const cookies = (answer.headers['set-cookie'] as unknown as string[]).map((cookie) => cookie.split(';')[0]);
      const cookie = cookies.join('; ');
      const url = (path: string): string =>
        path.startsWith('/notifications') ? `/api/v1${path}` : `/api/v1/tenants/${tenantId}${path}`;
      return {
        userId: userIds[email] ?? '',
        name: personName,
        role,
        tenantId,
        get: (path) => http().get(url(path)).set('cookie', cookie),
        post: (path, body = {}) => http().post(url(path)).set('cookie', cookie).send(body),
      };
    }),
  );
}
