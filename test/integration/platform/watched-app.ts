import { Controller, Get, Global, Header, Module, Param, Post, type DynamicModule, type Type } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { Access } from '../../../src/platform/access/access.decorator.js';
import { AccessModule } from '../../../src/platform/access/access.module.js';
import { MembershipLookup } from '../../../src/platform/access/membership-lookup.js';
import { RequestAuthentication } from '../../../src/platform/access/request-authentication.js';
import { ConfigModule } from '../../../src/platform/config/config.module.js';
import { SETTINGS, type Settings } from '../../../src/platform/config/settings.js';
import { DatabaseModule } from '../../../src/platform/database/database.module.js';
import { configureHttpApp } from '../../../src/platform/http/configure-app.js';
import { HealthModule } from '../../../src/platform/http/health.module.js';
import { TelemetryModule } from '../../../src/platform/telemetry/telemetry.module.js';
import { TracingModule } from '../../../src/platform/telemetry/tracing.module.js';

/** Handlers that answer and fail, below a tenant's address. */
@Controller('tenants/:tenantId/things')
@Access.public()
export class ThingsController {
  @Get('stream')
  @Header('Content-Type', 'text/event-stream')
  stream(): string {
    return ': alive\n\n';
  }

  @Get(':id')
  read(@Param('id') id: string): object {
    return { id };
  }

  @Post('broken')
  fail(): never {
    throw new Error('password=hunter2 leaked');
  }
}

/** Nobody signs in here: what is watched does not depend on who calls. */
@Global()
@Module({
  providers: [
    { provide: MembershipLookup, useValue: { roleOf: () => Promise.resolve(undefined) } },
    { provide: RequestAuthentication, useValue: { handlers: () => [] } },
  ],
  exports: [MembershipLookup, RequestAuthentication],
})
class StrangersModule {}

export interface WatchedApp {
  app: NestExpressApplication;
  /** Where it listens, without a trailing slash. */
  url: string;
  close(): Promise<void>;
}

export interface WatchedParts {
  controllers?: Type[];
  imports?: (Type | DynamicModule)[];
}

/** The platform's HTTP side on a real port, with its probes, metrics and traces. */
export async function startWatchedApp(settings: Settings, parts: WatchedParts = {}): Promise<WatchedApp> {
  const testing = await Test.createTestingModule({
    imports: [
      ConfigModule,
      DatabaseModule,
      AccessModule,
      StrangersModule,
      TelemetryModule,
      HealthModule,
      TracingModule.of('api'),
      ...(parts.imports ?? []),
    ],
    controllers: parts.controllers ?? [ThingsController],
  })
    .overrideProvider(SETTINGS)
    .useValue(settings)
    .compile();
  const app = testing.createNestApplication<NestExpressApplication>({ bodyParser: false, logger: false });
  configureHttpApp(app, settings);
  await app.listen(0, '127.0.0.1');
  return { app, url: await app.getUrl(), close: () => app.close() };
}
