import { randomUUID } from 'node:crypto';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { fetch, type Response } from 'undici';
import type { Role } from '#libs/access-model/src/permissions.js';
import { ApiModule } from '../../../src/contexts/api.module.js';
import { OperationRunService, type RunView } from '../../../src/modules/operations/operation-run.service.js';
import { OperationsWorkerModule } from '../../../src/modules/operations/operations.worker.module.js';
import { SIGN_IN_LIMITS } from '../../../src/modules/tenancy/sign-in-throttle.js';
import { TenantProvisioning } from '../../../src/modules/tenancy/tenancy.provisioning.js';
import { SETTINGS, type Settings } from '../../../src/platform/config/settings.js';
import { grantTenantScope } from '../../../src/platform/database/tenant-scope.js';
import { configureHttpApp } from '../../../src/platform/http/configure-app.js';
import { DEFAULT_LIVE_TIMINGS, LIVE_TIMINGS, type LiveTimings } from '../../../src/platform/live/live-timings.js';
import { testSettings } from '../../support/settings.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';
import { ProbeModule, ProbeProcessor, ProbeRun, type Script } from './engine.js';
import { StreamReader } from './stream-reader.js';

const PASSWORD = 'correct horse battery staple';
/** No look and no recheck comes by itself, unless a test asks for it. */
const ONLY_SIGNALS: LiveTimings = { ...DEFAULT_LIVE_TIMINGS, beatMs: 3_600_000, recheckMs: 3_600_000 };

export interface Follower {
  userId: string;
  name: string;
  tenantId: string;
  email: string;
  cookie: string;
}

/** An API process, with a worker in it when asked for. */
export class LiveProcess {
  constructor(
    readonly app: NestExpressApplication,
    readonly url: string,
  ) {}

  get<T>(token: abstract new (...args: never[]) => T): T {
    return this.app.get<T>(token, { strict: false });
  }

  call(
    who: Pick<Follower, 'cookie'>,
    path: string,
    init: { method?: string; headers?: Record<string, string>; body?: string } = {},
  ): Promise<Response> {
    return fetch(`${this.url}/api/v1${path}`, { ...init, headers: { cookie: who.cookie, ...init.headers } });
  }

  follow(who: Follower, lastEventId?: string, headers: Record<string, string> = {}): Promise<StreamReader> {
    return StreamReader.open(`${this.url}/api/v1/tenants/${who.tenantId}/stream`, {
      cookie: who.cookie,
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
      ...headers,
    });
  }

  /** Starts a probe run, worked by whichever process has a worker. */
  async start(who: Follower, subject: string = randomUUID()): Promise<RunView> {
    const actor = { kind: 'user', userId: who.userId, name: who.name } as const;
    const scope = grantTenantScope(who.tenantId);
    return (await this.get(OperationRunService).start(scope, actor, ProbeRun, { subject })).run;
  }

  async detail(who: Follower, runId: string): Promise<RunView> {
    return (await (await this.call(who, `/tenants/${who.tenantId}/operations/${runId}`)).json()) as RunView;
  }

  /** From now on probes are worked like this. */
  script(script: Script): void {
    this.get(ProbeProcessor).script = script;
  }
}

/** Several processes on one database, as in production behind one address. */
export class LiveProcesses {
  private readonly running = new Set<LiveProcess>();

  private constructor(
    readonly db: TestDatabase,
    private readonly settings: Settings,
  ) {}

  static async on(overrides: Partial<Settings> = {}): Promise<LiveProcesses> {
    const db = await createTestDatabase();
    return new LiveProcesses(db, testSettings(db.url, overrides));
  }

  async start(options: { worker?: boolean; timings?: Partial<LiveTimings> } = {}): Promise<LiveProcess> {
    const many = { attempts: 1_000, windowSeconds: 60 };
    const testing = await Test.createTestingModule({
      imports: [ApiModule, ProbeModule, ...(options.worker ? [OperationsWorkerModule] : [])],
    })
      .overrideProvider(SETTINGS)
      .useValue(this.settings)
      .overrideProvider(SIGN_IN_LIMITS)
      .useValue({ perAccount: many, perAddress: many })
      .overrideProvider(LIVE_TIMINGS)
      .useValue({ ...ONLY_SIGNALS, ...options.timings })
      .compile();
    const app = testing.createNestApplication<NestExpressApplication>({ bodyParser: false, logger: false });
    configureHttpApp(app, this.settings);
    await app.listen(0, '127.0.0.1');
    const started = new LiveProcess(app, await app.getUrl());
    this.running.add(started);
    return started;
  }

  async stop(process: LiveProcess): Promise<void> {
    this.running.delete(process);
    await process.app.close();
  }

  /** A tenant with one member of each role given, signed in. */
  async tenant(by: LiveProcess, roles: readonly Role[] = ['Operator']): Promise<Follower[]> {
    const people = roles.map((role) => ({
      email: `${randomUUID()}@tenant.example`,
      name: `${role} ${randomUUID().slice(0, 8)}`,
      password: PASSWORD,
      role,
    }));
    const { tenantId, userIds } = await by
      .get(TenantProvisioning)
      .provision({ name: `Tenant ${randomUUID()}`, entraTenantId: randomUUID(), members: people });
    return Promise.all(
      people.map(async ({ email, name }) => ({
        userId: userIds[email] ?? '',
        name,
        tenantId,
        email,
        cookie: await this.signIn(by, email),
      })),
    );
  }

  /** The cookie of another session of this user. */
  async signIn(by: LiveProcess, email: string): Promise<string> {
    const answer = await fetch(`${by.url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password: PASSWORD }),
    });
    await answer.text();
    return answer.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ');
  }

  async close(): Promise<void> {
    for (const process of [...this.running]) await this.stop(process);
    await this.db.close();
  }
}
