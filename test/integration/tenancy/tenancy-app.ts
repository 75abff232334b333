import { randomBytes, randomUUID } from 'node:crypto';
import { Body, Controller, Get, Module, Post, type Type as Class } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { Type } from 'class-transformer';
import { IsInt, IsString, ValidateNested } from 'class-validator';
import request from 'supertest';
import type { Role } from '../../../libs/access-model/src/permissions.js';
import { TenancyHttpModule } from '../../../src/modules/tenancy/tenancy.http.module.js';
import { TenancyModule } from '../../../src/modules/tenancy/tenancy.module.js';
import { TenantProvisioning, type ProvisionedTenant } from '../../../src/modules/tenancy/tenancy.provisioning.js';
import { SIGN_IN_LIMITS, type SignInLimits } from '../../../src/modules/tenancy/sign-in-throttle.js';
import { Access, CurrentActor, Scope } from '../../../src/platform/access/access.decorator.js';
import { AccessModule } from '../../../src/platform/access/access.module.js';
import { ConfigModule } from '../../../src/platform/config/config.module.js';
import { parseSettings, SETTINGS, type Settings } from '../../../src/platform/config/settings.js';
import type { Actor } from '../../../src/platform/context/actor.js';
import { currentContext, type RequestContext } from '../../../src/platform/context/request-context.js';
import { ResealingModule } from '../../../src/platform/crypto/resealing.module.js';
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
  options: {
    limits?: SignInLimits;
    environment?: Settings['environment'];
    /** Settings beside the usual ones. */
    env?: NodeJS.ProcessEnv;
    /** Contoso's directory; a random one otherwise. */
    entraTenantId?: string;
    /** A database that outlives the application. */
    db?: TestDatabase;
    /** False: the database has its tenants already. */
    provision?: boolean;
    /** Handlers of the test's own. */
    controllers?: Class[];
    /** Values in place of what the modules provide. */
    overrides?: [token: symbol, value: object][];
  } = {},
): Promise<TenancyApp> {
  const db = options.db ?? (await createTestDatabase());
  const production = options.environment === 'production';
  const settings = parseSettings({
    NODE_ENV: options.environment ?? 'test',
    DATABASE_URL: db.url,
    SESSION_SECRET: randomBytes(32).toString('hex'),
    ENCRYPTION_KEY: randomBytes(32).toString('hex'),
    PUBLIC_URL: production ? 'https://atlas.example' : 'http://atlas.example',
    TRUST_PROXY: production ? 'true' : 'false',
    WEB_DIR: 'web/dist',
    ...options.env,
  });
  const many = { attempts: 1000, windowSeconds: 60 };
  const builder = Test.createTestingModule({
    imports: [
      ConfigModule,
      DatabaseModule,
      LiveModule,
      AccessModule,
      HealthModule,
      ResealingModule,
      TenancyModule,
      TenancyHttpModule,
      ProbeModule,
    ],
    controllers: options.controllers ?? [],
  })
    .overrideProvider(SETTINGS)
    .useValue(settings)
    .overrideProvider(SIGN_IN_LIMITS)
    .useValue(options.limits ?? { perAccount: many, perAddress: many });
  for (const [token, value] of options.overrides ?? []) builder.overrideProvider(token).useValue(value);
  const testing = await builder.compile();
  const app = testing.createNestApplication<NestExpressApplication>({ bodyParser: false, logger: false });
  configureHttpApp(app, settings);
  await app.init();

  const entraTenantId = options.entraTenantId ?? randomUUID();
  const [contoso, fabrikam] = options.provision === false ? [] : await provision(app, entraTenantId);
  const http = (): ReturnType<typeof request> => request(app.getHttpServer());
  return {
    app,
    db,
    settings,
    contoso: contoso?.tenantId ?? '',
    fabrikam: fabrikam?.tenantId ?? '',
    entraTenantId,
    http,
    signIn: async (email) => {
      const answer = await http().post('/api/v1/auth/login').send({ email, password: PASSWORD }).expect(200);
      return cookieOf(answer);
    },
    close: async () => {
      await app.close();
      if (options.db === undefined) await db.close();
    },
  };
}

/** Contoso and Fabrikam. */
async function provision(app: NestExpressApplication, entraTenantId: string): Promise<ProvisionedTenant[]> {
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
  return [contoso, fabrikam];
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
