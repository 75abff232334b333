import { describe, expect, it } from '@jest/globals';
import { Controller, Get, Module, Post, Put, type INestApplication, type Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import request from 'supertest';
import { ProblemFilter } from '../errors/problem.filter.js';
import { AccessAudit } from './access-audit.js';
import { accessLine } from './access-list.js';
import { Access } from './access.decorator.js';
import { AccessModule } from './access.module.js';
import { MembershipLookup } from './membership-lookup.js';

@Controller('tenants/:tenantId/things')
class SoundController {
  @Get()
  @Access('inventory:read')
  list(): void {}

  @Post(['', 'many/'])
  @Access('drift:decide')
  create(): void {}
}

@Controller('own')
@Access.signedIn()
class OwnController {
  @Get('thing')
  thing(): void {}

  @Put('open')
  @Access.public()
  open(): void {}
}

@Controller('forgotten')
class ForgottenController {
  @Get()
  declared(): void {}

  @Get('x')
  @Access('inventory:read')
  homeless(): void {}
}

@Controller('tenants/:tenantId')
class ReadingPostController {
  @Post('read')
  @Access('inventory:read')
  read(): void {}
}

async function appOf(...controllers: Type[]): Promise<INestApplication> {
  @Module({ controllers })
  class Things {}
  const lookup = { roleOf: () => Promise.resolve(undefined) };
  const testing = await Test.createTestingModule({ imports: [AccessModule, Things] })
    .useMocker((token) => (token === MembershipLookup ? lookup : undefined))
    .compile();
  return testing.createNestApplication({ logger: false });
}

describe('the access audit', () => {
  it('lists method, path, rule and roles', async () => {
    const app = await (await appOf(SoundController, OwnController)).init();
    expect(app.get(AccessAudit).list().map(accessLine)).toEqual([
      'PUT /own/open public',
      'GET /own/thing signed-in',
      'GET /tenants/:tenantId/things inventory:read Readonly, Operator, Manager, Owner',
      'POST /tenants/:tenantId/things drift:decide Manager, Owner',
      'POST /tenants/:tenantId/things/many drift:decide Manager, Owner',
    ]);
    await app.close();
  });

  it('stops the boot at an undeclared handler and at a tenant permission without a tenant, naming both', async () => {
    const app = await appOf(SoundController, ForgottenController);
    const refusal = expect(app.init()).rejects;
    await refusal.toThrow(
      /ForgottenController\.declared: GET \/forgotten has no @Access[^]*ForgottenController\.homeless/,
    );
  });

  it('stops the boot when reading is enough to change something', async () => {
    const app = await appOf(ReadingPostController);
    await expect(app.init()).rejects.toThrow(/ReadingPostController\.read: POST .* only for inventory:read/);
  });
});

describe('the access guard', () => {
  it('denies what is not declared, even when the audit did not see it', async () => {
    const app = await appOf(ForgottenController);
    app.get(AccessAudit).onModuleInit = () => undefined;
    app.useGlobalFilters(new ProblemFilter());
    await app.init();
    await request(app.getHttpServer() as never)
      .get('/forgotten')
      .expect(403);
    await app.close();
  });
});
