import { randomBytes, randomUUID } from 'node:crypto';
import { Body, Controller, Get, Module, Post } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { Type } from 'class-transformer';
import { IsInt, IsString, ValidateNested } from 'class-validator';
import request from 'supertest';
import type { Role } from '../../../libs/access-model/src/permissions.js';
import { TenancyHttpModule } from '../../../src/modules/tenancy/tenancy.http.module.js';
import { TenancyModule } from '../../../src/modules/tenancy/tenancy.module.js';
import { TenantProvisioning } from '../../../src/modules/tenancy/tenancy.provisioning.js';
import { SIGN_IN_LIMITS, type SignInLimits } from '../../../src/modules/tenancy/sign-in-throttle.js';
import { Access, CurrentActor, Scope } from '../../../src/platform/access/access.decorator.js';
import { AccessModule } from '../../../src/platform/access/access.module.js';
import { ConfigModule } from '../../../src/platform/config/config.module.js';
import { parseSettings, SETTINGS, type Settings } from '../../../src/platform/config/settings.js';
import type { Actor } from '../../../src/platform/context/actor.js';
import { currentContext, type RequestContext } from '../../../src/platform/context/request-context.js';
import { DatabaseModule } from '../../../src/platform/database/database.module.js';
import type { TenantScope } from '../../../src/platform/database/tenant-scope.js';
import { configureHttpApp } from '../../../src/platform/http/configure-app.js';
import { LiveModule } from '../../../src/platform/live/live.module.js';
import { HealthModule } from '../../../src/platform/http/health.module.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

export const PASSWORD = 'correct horse battery staple';

class Inner {
  @IsInt()
  count!: number;
}

class ProbeBody {
  @IsString()
  name!: string;

  @ValidateNested()
  @Type(() => Inner)
  inner!: Inner;
}

/** Handlers of each kind, to see the guard, the pipe and the filter at work without another module. */
@Controller('tenants/:tenantId/probe')
class ProbeController {
  @Get()
  @Access('inventory:read')
  read(@Scope() scope: TenantScope, @CurrentActor() actor: Actor): object {
    return { scope, actor, context: currentContext() as RequestContext };
  }

  @Post()
  @Access('inventory:sync')
  write(@Body() body: ProbeBody): object {
    return { body, context: currentContext() as RequestContext };
  }

  @Post('fail')
  @Access('inventory:sync')
  fail(): never {
    throw new Error('password=hunter2 leaked');
  }
}

@Module({ controllers: [ProbeController] })
class ProbeModule {}

export interface TenancyApp {
  app: NestExpressApplication;
  db: TestDatabase;
  settings: Settings;
  contoso: string;
  fabrikam: string;
  entraTenantId: string;
  http(): ReturnType<typeof request>;
  /** Signs in and answers the cookie to send. */
  signIn(email: string): Promise<string>;
  close(): Promise<void>;
}

export function emailOf(role: Role): string {
  return `${role.toLowerCase()}@contoso.example`;
}

/** The tenancy part of the API on a database of its own: Contoso with one user per role, Fabrikam with an owner. */
export async function startTenancyApp(
  options: { limits?: SignInLimits; environment?: Settings['environment'] } = {},
): Promise<TenancyApp> {
  const db = await createTestDatabase();
  const production = options.environment === 'production';
  const settings = parseSettings({
    NODE_ENV: options.environment ?? 'test',
    DATABASE_URL: db.url,
    SESSION_SECRET: randomBytes(32).toString('hex'),
    ENCRYPTION_KEY: randomBytes(32).toString('hex'),
    PUBLIC_URL: production ? 'https://atlas.example' : 'http://atlas.example',
    TRUST_PROXY: production ? 'true' : 'false',
    WEB_DIR: 'web/dist',
  });
  const many = { attempts: 1000, windowSeconds: 60 };
  const testing = await Test.createTestingModule({
    imports: [
      ConfigModule,
      DatabaseModule,
      LiveModule,
      AccessModule,
      HealthModule,
      TenancyModule,
      TenancyHttpModule,
      ProbeModule,
    ],
  })
    .overrideProvider(SETTINGS)
    .useValue(settings)
    .overrideProvider(SIGN_IN_LIMITS)
    .useValue(options.limits ?? { perAccount: many, perAddress: many })
    .compile();
  const app = testing.createNestApplication<NestExpressApplication>({ bodyParser: false, logger: false });
  configureHttpApp(app, settings);
  await app.init();

  const entraTenantId = randomUUID();
  const provisioning = app.get(TenantProvisioning);
  const contoso = await provisioning.provision({
    name: 'Contoso',
    entraTenantId,
    graph: { clientId: 'client', clientSecret: 'graph secret' },
    members: (['Readonly', 'Operator', 'Manager', 'Owner'] as const).map((role) => ({
      email: emailOf(role),
      name: `${role} of Contoso`,
      password: PASSWORD,
      role,
    })),
  });
  const fabrikam = await provisioning.provision({
    name: 'Fabrikam',
    entraTenantId: randomUUID(),
    members: [{ email: 'owner@fabrikam.example', name: 'Owner of Fabrikam', password: PASSWORD, role: 'Owner' }],
  });
  const http = (): ReturnType<typeof request> => request(app.getHttpServer());
  return {
    app,
    db,
    settings,
    contoso: contoso.tenantId,
    fabrikam: fabrikam.tenantId,
    entraTenantId,
    http,
    signIn: async (email) => {
      const answer = await http().post('/api/v1/auth/login').send({ email, password: PASSWORD }).expect(200);
      return cookieOf(answer);
    },
    close: async () => {
      await app.close();
      await db.close();
    },
  };
}

/** The cookies of an answer as a Cookie header. */
export function cookieOf(answer: request.Response): string {
  return setCookies(answer)
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

export function setCookies(answer: request.Response): string[] {
  return (answer.headers['set-cookie'] as unknown as string[] | undefined) ?? [];
}
