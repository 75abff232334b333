import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { WorkerModule } from './contexts/worker.module.js';
import { stopOnBootError } from './platform/logging/boot-error.js';
import { createLogger } from './platform/logging/logger.js';

async function main(): Promise<void> {
  const logger = createLogger('worker');
  const app = await NestFactory.createApplicationContext(WorkerModule, { logger, abortOnError: false });
  app.enableShutdownHooks();
  process.send?.('ready');
}

main().catch(stopOnBootError);
