import 'reflect-metadata';
import { once } from 'node:events';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { TenancyModule } from '../modules/tenancy/tenancy.module.js';
import { TenantProvisioning } from '../modules/tenancy/tenancy.provisioning.js';
import { ConfigModule } from '../platform/config/config.module.js';
import { DatabaseModule } from '../platform/database/database.module.js';
import { stopOnBootError } from '../platform/logging/boot-error.js';
import type { DemoSeeded, DemoTenant } from './demo-messages.js';

@Module({ imports: [ConfigModule, DatabaseModule, TenancyModule] })
class DemoSeedModule {}

/** Makes the tenants that the parent process sends, answers their ids and ends. */
async function seed(): Promise<void> {
  const [tenants] = (await once(process, 'message')) as [DemoTenant[]];
  const app = await NestFactory.createApplicationContext(DemoSeedModule, { logger: ['error'] });
  const provisioning = app.get(TenantProvisioning);
  const tenantIds: string[] = [];
  for (const tenant of tenants) tenantIds.push((await provisioning.provision(tenant)).tenantId);
  await app.close();
  const seeded: DemoSeeded = { tenantIds };
  process.send?.(seeded, () => process.exit(0));
}

seed().catch(stopOnBootError);
