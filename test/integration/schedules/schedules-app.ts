import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import request from 'supertest';
import { ROLES, type Role } from '#libs/access-model/src/permissions.js';
import { PlatformModule } from '../../../src/contexts/platform.module.js';
import { ScheduleClock } from '../../../src/modules/schedules/schedule-clock.js';
import { SchedulesHttpModule } from '../../../src/modules/schedules/schedules.http.module.js';
import { TenancyHttpModule } from '../../../src/modules/tenancy/tenancy.http.module.js';
import { TenancyModule } from '../../../src/modules/tenancy/tenancy.module.js';
import { TenantProvisioning } from '../../../src/modules/tenancy/tenancy.provisioning.js';
import { AccessModule } from '../../../src/platform/access/access.module.js';
import { SETTINGS } from '../../../src/platform/config/settings.js';
import type { Database } from '../../../src/platform/database/database.js';
import { configureHttpApp } from '../../../src/platform/http/configure-app.js';
import { testSettings } from '../../support/settings.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';
import { ManualClock, ScheduledProbesModule } from './scheduler.js';

const PASSWORD = 'correct horse battery staple';

/** A request that every manager may make. */
export const VALID = { name: 'Nightly', kind: 'probe.note', cron: '30 3 * * *', timeZone: 'Europe/Berlin' };

type Method = 'get' | 'post' | 'patch' | 'delete';

/**
 * The schedules API over HTTP, at noon of 2026-10-23 UTC: tenant contoso with `<role>@contoso.example` of every role, and
 * fabrikam with its owner. Each test begins without a schedule.
 */
export class SchedulesApp {
  app!: NestExpressApplication;
  contoso = '';
  fabrikam = '';
  private db!: TestDatabase;
  private readonly cookies = new Map<string, string>();

  constructor() {
    beforeAll(async () => {
      this.db = await createTestDatabase();
      this.app = await startApp(this.db);
      this.contoso = await this.provision('contoso', ROLES);
      this.fabrikam = await this.provision('fabrikam', ['Owner']);
      for (const email of [...ROLES.map((role) => `${role}@contoso.example`), 'Owner@fabrikam.example']) {
        await this.signIn(email);
      }
    });
    afterAll(async () => {
      await this.app.close();
      await this.db.close();
    });
    beforeEach(async () => {
      await this.database.query('DELETE FROM schedules');
    });
  }

  get database(): Database {
    return this.db.database;
  }

  /** Below `/schedules` of contoso as its manager, unless `given` says otherwise. */
  call(method: Method, path = '', given: { role?: Role; tenant?: string; email?: string } = {}): request.Test {
    return request(this.app.getHttpServer())
      [method](`/api/v1/tenants/${given.tenant ?? this.contoso}/schedules${path}`)
      .set('cookie', this.cookies.get(given.email ?? `${given.role ?? 'Manager'}@contoso.example`) ?? '');
  }

  /** {@link VALID} but for `body`. */
  async made(body: object = {}): Promise<{ id: string }> {
    const answer = await this.call('post')
      .send({ ...VALID, ...body })
      .expect(201);
    return answer.body as { id: string };
  }

  private async provision(name: string, roles: readonly Role[]): Promise<string> {
    const members = roles.map((role) => ({
      email: `${role}@${name}.example`,
      name: `${role} of ${name}`,
      password: PASSWORD,
      role,
    }));
    const request = { name, entraTenantId: randomUUID(), members };
    return (await this.app.get(TenantProvisioning).provision(request)).tenantId;
  }

  private async signIn(email: string): Promise<void> {
    const answer = await request(this.app.getHttpServer())
      .post('/api/v1/auth/login')
      .send({ email, password: PASSWORD });
    const set = (answer.headers['set-cookie'] as unknown as string[] | undefined) ?? [];
    this.cookies.set(email, set.map((cookie) => cookie.split(';')[0]).join('; '));
  }
}

async function startApp(db: TestDatabase): Promise<NestExpressApplication> {
  const settings = testSettings(db.url);
  const testing = await Test.createTestingModule({
    imports: [
      PlatformModule,
      AccessModule,
      TenancyModule,
      TenancyHttpModule,
      ScheduledProbesModule,
      SchedulesHttpModule,
    ],
  })
    .overrideProvider(SETTINGS)
    .useValue(settings)
    .overrideProvider(ScheduleClock)
    .useValue(new ManualClock(new Date('2026-10-23T12:00:00Z')))
    .compile();
  const app = testing.createNestApplication<NestExpressApplication>({ bodyParser: false, logger: false });
  configureHttpApp(app, settings);
  return app.init();
}
