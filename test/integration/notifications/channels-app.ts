import { randomBytes, randomUUID } from 'node:crypto';
import type { LoggerService } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import request from 'supertest';
import type { Role } from '#libs/access-model/src/permissions.js';
import { PlatformModule } from '../../../src/contexts/platform.module.js';
import { DeliveryLoop } from '../../../src/modules/notifications/delivery/delivery.loop.js';
import { DeliveryWorker } from '../../../src/modules/notifications/delivery/delivery.worker.js';
import { NotificationsHttpModule } from '../../../src/modules/notifications/notifications.http.module.js';
import { NotificationsWorkerModule } from '../../../src/modules/notifications/notifications.worker.module.js';
import { AddressResolver } from '../../../src/modules/notifications/webhook/address-resolver.js';
import { RUN_COMPLETED, type RunCompletedFact } from '../../../src/modules/operations/operations.facts.js';
import { SIGN_IN_LIMITS } from '../../../src/modules/tenancy/sign-in-throttle.js';
import { TenancyHttpModule } from '../../../src/modules/tenancy/tenancy.http.module.js';
import { TenancyModule } from '../../../src/modules/tenancy/tenancy.module.js';
import { TenantProvisioning } from '../../../src/modules/tenancy/tenancy.provisioning.js';
import { AccessModule } from '../../../src/platform/access/access.module.js';
import { AuditHttpModule } from '../../../src/platform/audit/audit.http.module.js';
import { SETTINGS, type Settings } from '../../../src/platform/config/settings.js';
import { FactBus } from '../../../src/platform/facts/fact-bus.js';
import { configureHttpApp } from '../../../src/platform/http/configure-app.js';
import { testSettings } from '../../support/settings.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

const PASSWORD = 'correct horse battery staple';
const ROLES: readonly Role[] = ['Readonly', 'Operator', 'Manager', 'Owner'];

export interface Member {
  userId: string;
  name: string;
  tenantId: string;
  get(path: string): request.Test;
  post(path: string, body?: object): request.Test;
  patch(path: string, body: object): request.Test;
  delete(path: string): request.Test;
}

export interface EndedRun {
  tenantId: string;
  /** Without one the run is the system's. */
  member?: Member;
  outcome?: RunCompletedFact['outcome'];
  subjectName?: string;
  failures?: { code: string; message: string; count: number }[];
}

/**
 * Notifications, audit and tenancy as the processes have them, on a database of their own; runs are told of as the
 * engine tells them. Deliveries are made when a test says so, unless it asks for the loop.
 */
export class ChannelsApp {
  private constructor(
    readonly db: TestDatabase,
    readonly app: NestExpressApplication,
    /** Members of Contoso. */
    readonly contoso: Readonly<Record<Role, Member>>,
    /** The owner of Fabrikam. */
    readonly stranger: Member,
    /** Every line that was logged. */
    readonly logged: readonly string[],
  ) {}

  static async start(
    given: { settings?: Partial<Settings>; resolver?: AddressResolver; loop?: boolean } = {},
  ): Promise<ChannelsApp> {
    const db = await createTestDatabase();
    const settings = testSettings(db.url, {
      webhookAllowedNetworks: ['127.0.0.0/8'],
      publicUrl: 'https://atlas.example',
      ...given.settings,
    });
    const many = { attempts: 1_000, windowSeconds: 60 };
    const building = Test.createTestingModule({
      imports: [
        PlatformModule,
        AccessModule,
        AuditHttpModule,
        TenancyModule,
        TenancyHttpModule,
        NotificationsHttpModule,
        NotificationsWorkerModule,
      ],
    })
      .overrideProvider(SETTINGS)
      .useValue(settings)
      .overrideProvider(SIGN_IN_LIMITS)
      .useValue({ perAccount: many, perAddress: many });
    if (given.resolver) building.overrideProvider(AddressResolver).useValue(given.resolver);
    if (!given.loop) building.overrideProvider(DeliveryLoop).useValue({});
    const testing = await building.compile();
    const app = testing.createNestApplication<NestExpressApplication>({ bodyParser: false });
    configureHttpApp(app, settings);
    const logged: string[] = [];
    app.useLogger(loggerInto(logged));
    await app.init();
    const contoso = await provisioned(app, 'Contoso', ROLES);
    const fabrikam = await provisioned(app, 'Fabrikam', ['Owner']);
    return new ChannelsApp(db, app, contoso, fabrikam.Owner, logged);
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.db.close();
  }

  anonymous(): ReturnType<typeof request> {
    return request(this.app.getHttpServer());
  }

  path(rest = '', tenantId = this.contoso.Owner.tenantId): string {
    return `/tenants/${tenantId}/notification-channels${rest}`;
  }

  /** A webhook of Contoso, made over HTTP; answers what its creation answered. */
  async webhook(url: string, given: object = {}): Promise<{ id: string; secret: string }> {
    const body = { kind: 'webhook', name: 'Hook', url, outcomes: ['all'], ...given };
    return (await this.contoso.Owner.post(this.path(), body).expect(201)).body as { id: string; secret: string };
  }

  /** Ends runs as the engine does: rows and facts in one transaction. Answers their ids. */
  async end(...runs: EndedRun[]): Promise<string[]> {
    return this.db.database.transaction(async () => {
      const facts: RunCompletedFact[] = [];
      for (const run of runs) facts.push(await this.insertRun(run));
      await this.app.get(FactBus).publish(RUN_COMPLETED, facts);
      return facts.map((fact) => fact.runId);
    });
  }

  /** Attempts what is due now, as one worker process would; answers how many attempts were made. */
  async deliver(signal = new AbortController().signal): Promise<number> {
    const attempts = await this.begin(signal);
    await Promise.all(attempts);
    return attempts.length;
  }

  /** The same without waiting for the attempts to end. */
  begin(signal: AbortSignal): Promise<Promise<void>[]> {
    return this.app.get(DeliveryWorker, { strict: false }).begin(16, signal);
  }

  /** Lets the waits and the leases of all open deliveries run out. */
  async passTime(): Promise<void> {
    await this.db.database.query(
      `UPDATE notification_deliveries SET next_attempt_at = now() - interval '1 second',
         lease_expires_at = now() - interval '1 second' WHERE state IN ('pending', 'failed')`,
    );
  }

  async deliveries(channelId: string): Promise<Record<string, unknown>[]> {
    return this.db.database.query<Record<string, unknown>>(
      `SELECT *, extract(epoch FROM next_attempt_at - now())::float AS wait_seconds
       FROM notification_deliveries WHERE channel_id = $1 ORDER BY run_id`,
      [channelId],
    );
  }

  private async insertRun(run: EndedRun): Promise<RunCompletedFact> {
    const outcome = run.outcome ?? 'succeeded';
    const counts = { total: 3, processed: 3, success: 2, failed: 1, skipped: 0 };
    const subjectName = run.subjectName ?? null;
    const [row] = await this.db.database.query<{ id: string }>(
      `INSERT INTO operation_runs (tenant_id, user_id, initiator_name, type, status, outcome, run_identity_hash, payload,
         subject_name, summary_counts, failure_summary, correlation_id, started_at, completed_at)
       VALUES ($1, $2, $3, 'probe.work', 'completed', $4, $5, '{}', $6, $7, $8, 'correlation', now(), now())
       RETURNING id`,
      [
        run.tenantId,
        run.member?.userId ?? null,
        run.member?.name ?? 'System',
        outcome,
        randomBytes(32),
        subjectName,
        JSON.stringify(counts),
        JSON.stringify(run.failures ?? []),
      ],
    );
    return {
      runId: row?.id ?? '',
      tenantId: run.tenantId,
      userId: run.member?.userId ?? null,
      kind: 'probe.work',
      label: { noun: 'Probe', doing: 'Probing', done: 'Probed', failed: 'Probing failed' },
      subjectName,
      outcome,
      counts,
      failure: run.failures?.[0]?.message ?? null,
    };
  }
}

function loggerInto(lines: string[]): LoggerService {
  const write = (...parts: unknown[]): void => void lines.push(parts.map(String).join(' '));
  return { log: write, debug: write, warn: write, error: write, fatal: write };
}

async function provisioned(
  app: NestExpressApplication,
  name: string,
  roles: readonly Role[],
): Promise<Record<Role, Member>> {
  const emailOf = (role: Role): string => `${role.toLowerCase()}@${name.toLowerCase()}.example`;
  const { tenantId, userIds } = await app.get(TenantProvisioning).provision({
    name,
    entraTenantId: randomUUID(),
    members: roles.map((role) => ({ email: emailOf(role), name: `${role} of ${name}`, password: PASSWORD, role })),
  });
  const http = request(app.getHttpServer());
  const members = roles.map(async (role): Promise<[Role, Member]> => {
    const signedIn = await http
      .post('/api/v1/auth/login')
      .send({ email: emailOf(role), password: PASSWORD })
      .expect(200);
    const cookie = (signedIn.headers['set-cookie'] as unknown as string[]).map((line) => line.split(';')[0]).join('; ');
    const call = (method: 'get' | 'post' | 'patch' | 'delete', path: string): request.Test =>
      request(app.getHttpServer())[method](`/api/v1${path}`).set('cookie', cookie);
    return [
      role,
      {
        userId: userIds[emailOf(role)] ?? '',
        name: `${role} of ${name}`,
        tenantId,
        get: (path) => call('get', path),
        post: (path, body = {}) => call('post', path).send(body),
        patch: (path, body) => call('patch', path).send(body),
        delete: (path) => call('delete', path),
      },
    ];
  });
  return Object.fromEntries(await Promise.all(members)) as Record<Role, Member>;
}
