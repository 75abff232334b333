import { randomUUID } from 'node:crypto';
import type request from 'supertest';
import { selfSigned, type SelfSigned } from '#libs/graph-client/testing/self-signed.js';
import { ALL_PERMISSIONS, type SeedApp, type SeedTenant } from '#libs/graph-simulator/src/store/seed-tenant.js';
import { RunningSimulator } from '#libs/graph-simulator/testing/running-simulator.js';
import { emailOf, startTenancyApp, type TenancyApp } from './tenancy-app.js';

export const YEAR_MS = 365 * 24 * 3_600_000;

/** Contoso's directory in the simulator, without a policy, and the apps that tests connect with. */
export class Directory {
  readonly entraTenantId = randomUUID();
  readonly certificate: SelfSigned = selfSigned({ from: Date.now() - YEAR_MS, to: Date.now() + YEAR_MS });
  readonly works = app();
  readonly expired = app({ secretExpiresAt: new Date(Date.now() - 1_000).toISOString() });
  readonly certified = app({ certificates: [this.certificate.certificatePem] });
  readonly partly = app({ permissions: ['DeviceManagementConfiguration.Read.All', 'GroupMember.Read.All'] });
  readonly withoutRights = app({ permissions: [] });

  seed(): SeedTenant {
    const { works, expired, certified, partly, withoutRights } = this;
    return {
      entraTenantId: this.entraTenantId,
      name: 'Contoso',
      apps: [works, expired, certified, partly, withoutRights],
      users: [],
      groups: [],
      objects: [],
    };
  }
}

function app(given: Partial<SeedApp> = {}): SeedApp {
  return {
    clientId: randomUUID(),
    clientSecret: `Top~secret.${randomUUID()}`,
    permissions: [...ALL_PERMISSIONS],
    ...given,
  };
}

/** The tenancy API, a simulated Microsoft, and an owner of Contoso at the address of its connection. */
export class ConnectedApp {
  private constructor(
    readonly directory: Directory,
    readonly simulator: RunningSimulator,
    readonly tenancy: TenancyApp,
    readonly owner: string,
  ) {}

  static async start(env: NodeJS.ProcessEnv = {}): Promise<ConnectedApp> {
    const directory = new Directory();
    const simulator = await RunningSimulator.start({ tenants: [directory.seed()] });
    const tenancy = await startTenancyApp({
      entraTenantId: directory.entraTenantId,
      env: {
        GRAPH_ORIGIN: simulator.graphOrigin,
        LOGIN_ORIGIN: simulator.graphOrigin,
        LOGIN_AUTHORITY: 'https://login.sim.local',
        ...env,
      },
    });
    return new ConnectedApp(directory, simulator, tenancy, await tenancy.signIn(emailOf('Owner')));
  }

  async close(): Promise<void> {
    await this.tenancy.close();
    await this.simulator.close();
  }

  call(method: 'get' | 'put' | 'post' | 'delete', path = '', cookie = this.owner, tenantId?: string): request.Test {
    const address = `/api/v1/tenants/${tenantId ?? this.tenancy.contoso}/graph-connection${path}`;
    return this.tenancy.http()[method](address).set('cookie', cookie);
  }

  set(body: object, cookie?: string): request.Test {
    return this.call('put', '', cookie).send(body);
  }

  /** Tests at once, however lately the last one was. */
  async test(): Promise<request.Response> {
    await this.tenancy.db.database.query('UPDATE graph_connections SET test_started_at = NULL');
    return this.call('post', '/test').expect(200);
  }
}
