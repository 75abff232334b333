import { Global, Module } from '@nestjs/common';
import { DatabaseChecks } from './database-checks.js';
import { Readiness } from './readiness.js';
import { TransportCheck } from './transport-check.js';

/** What both processes need to serve; each part that needs more adds it to {@link Readiness}. */
@Global()
@Module({ providers: [Readiness, DatabaseChecks, TransportCheck], exports: [Readiness] })
export class ReadinessModule {}
