import 'reflect-metadata';
import path from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { SETTINGS, type Settings } from './platform/config/settings.js';
import { ApiModule } from './contexts/api.module.js';
import { configureHttpApp } from './platform/http/configure-app.js';
import { listen } from './platform/http/listen.js';
import { serveApiDocs } from './platform/http/openapi.js';
import { refuseTheRest } from './platform/http/refuse-the-rest.js';
import { serveWeb } from './platform/http/serve-web.js';
import { stopOnBootError } from './platform/logging/boot-error.js';
import { createLogger } from './platform/logging/logger.js';

/** Wherever the process is started from. */
const BUILT_WEB = path.resolve(import.meta.dirname, '../../web/dist');

async function main(): Promise<void> {
  const logger = createLogger('api');
  const app = await NestFactory.create<NestExpressApplication>(ApiModule, {
    bodyParser: false,
    logger,
    abortOnError: false,
  });
  const settings = app.get<Settings>(SETTINGS);
  app.enableShutdownHooks();
  configureHttpApp(app, settings);
  serveApiDocs(app);
  serveWeb(app, settings.webDir ?? BUILT_WEB);
  await app.init();
  refuseTheRest(app);
  await listen(app.getHttpServer(), { host: settings.host, port: settings.port, setting: 'PORT' });
  process.send?.('ready');
}

main().catch(stopOnBootError);
