import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { DiscoveryService, ModulesContainer, NestFactory, Reflector } from '@nestjs/core';
import { faultsOf } from '../../src/platform/access/access-audit.js';
import { accessLine, listAccess, type HandlerAccess } from '../../src/platform/access/access-list.js';

/** Who may call what. A change of the snapshot is a change of access: review it as one. */
describe('the access matrix', () => {
  let app: INestApplicationContext;
  let handlers: HandlerAccess[];

  beforeAll(async () => {
    const { ApiModule } = await import('../../src/contexts/api.module.js');
    // A preview reads the modules and makes nothing of them, so that no server is needed.
    app = await NestFactory.createApplicationContext(ApiModule, { preview: true, logger: false });
    handlers = listAccess(new DiscoveryService(app.get(ModulesContainer)), new Reflector());
  });
  afterAll(() => app?.close());

  it('is as reviewed', () => {
    expect(handlers.map(accessLine).join('\n')).toMatchSnapshot();
  });

  it('has no fault that would stop the boot', () => {
    expect(handlers.length).toBeGreaterThan(0);
    expect(handlers.flatMap(faultsOf)).toEqual([]);
  });

  it('opens nothing but signing in, invitations and the probes to the public', () => {
    const open = handlers.filter((handler) => handler.rule?.kind === 'public').map(accessLine);
    expect(open).toEqual([
      'GET /auth/entra public',
      'GET /auth/entra/callback public',
      'GET /auth/entra/start public',
      'POST /auth/login public',
      'GET /health/live public',
      'GET /health/ready public',
      'POST /invitations/accept public',
      'POST /invitations/open public',
      'GET /metrics public',
    ]);
  });
});
