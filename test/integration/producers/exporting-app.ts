import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { strFromU8, unzipSync } from 'fflate';
import request from 'supertest';
import type { Role } from '#libs/access-model/src/permissions.js';
import { PlatformModule } from '../../../src/contexts/platform.module.js';
import { BackupSetsModule } from '../../../src/modules/backup-sets/backup-sets.module.js';
import { InventoryHttpModule } from '../../../src/modules/inventory/inventory.http.module.js';
import { DriftModule } from '../../../src/modules/drift/drift.module.js';
import { OperationsHttpModule } from '../../../src/modules/operations/operations.http.module.js';
import { OperationsWorkerModule } from '../../../src/modules/operations/operations.worker.module.js';
import { RunTimings } from '../../../src/modules/operations/run-timings.js';
import { TenancyHttpModule } from '../../../src/modules/tenancy/tenancy.http.module.js';
import { TenantProvisioning } from '../../../src/modules/tenancy/tenancy.provisioning.js';
import { AccessModule } from '../../../src/platform/access/access.module.js';
import { SETTINGS } from '../../../src/platform/config/settings.js';
import { grantTenantScope, type TenantScope } from '../../../src/platform/database/tenant-scope.js';
import { configureHttpApp } from '../../../src/platform/http/configure-app.js';
import { ProducersHttpModule } from '../../../src/producers/producers.http.module.js';
import { testSettings } from '../../support/settings.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';
import { SyncedInventory } from '../drift/synced-inventory.js';
import { eventually } from '../../support/eventually.js';
import { cookieOf, PASSWORD } from '../tenancy/tenancy-app.js';

export const SETTINGS_CATALOG = 'settingsCatalog';

/** Members of Contoso by role; `Stranger` owns another tenant. */
export type Caller = Extract<Role, 'Readonly' | 'Operator'> | 'Stranger';

export interface FinishedRun {
  id: string;
  outcome: string;
  summaryCounts: Record<string, number>;
  context: { exportId?: string; sha256?: string; files?: number };
  links: { related: { rel: string; href: string }[] };
}

/**
 * The API with the real producers, and a worker, in one process on a database of its own. Real here: PostgreSQL, HTTP,
 * sign-in, access, the engine. The inventory is filled without Graph.
 */
export class ExportingApp {
  private readonly cookies = new Map<Caller, string>();

  private constructor(
    readonly db: TestDatabase,
    private readonly app: NestExpressApplication,
    readonly scope: TenantScope,
    readonly inventory: SyncedInventory,
  ) {}

  /** The worker's housekeeping rests while a test does, unless it is told how often to come. */
  static async start({ housekeepingSeconds = 3_600 } = {}): Promise<ExportingApp> {
    const db = await createTestDatabase();
    const settings = testSettings(db.url);
    const testing = await Test.createTestingModule({
      imports: [
        PlatformModule,
        AccessModule,
        TenancyHttpModule,
        DriftModule,
        BackupSetsModule,
        InventoryHttpModule,
        OperationsHttpModule,
        ProducersHttpModule.discover(),
        OperationsWorkerModule,
      ],
    })
      .overrideProvider(SETTINGS)
      .useValue(settings)
      .overrideProvider(RunTimings)
      .useValue({ ...new RunTimings(settings), housekeeping: housekeepingSeconds })
      .compile();
    const app = testing.createNestApplication<NestExpressApplication>({ bodyParser: false, logger: false });
    configureHttpApp(app, settings);
    await app.init();
    const provisioning = app.get(TenantProvisioning, { strict: false });
    const member = (role: Role, email: string) => ({ email, name: `${role} ${email}`, password: PASSWORD, role });
    const { tenantId } = await provisioning.provision({
      name: 'Contoso',
      entraTenantId: randomUUID(),
      members: [member('Readonly', 'readonly@exports.example'), member('Operator', 'operator@exports.example')],
    });
    await provisioning.provision({
      name: 'Fabrikam',
      entraTenantId: randomUUID(),
      members: [member('Owner', 'stranger@exports.example')],
    });
    return new ExportingApp(db, app, grantTenantScope(tenantId), new SyncedInventory(db.tenantDatabase));
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.db.close();
  }

  async get(caller: Caller, path: string): Promise<request.Response> {
    const cookie = await this.cookieOf(caller);
    return request(this.app.getHttpServer()).get(this.address(path)).set('Cookie', cookie).buffer(true).parse(bytes);
  }

  async post(caller: Caller, path: string, body: object): Promise<request.Response> {
    const cookie = await this.cookieOf(caller);
    return request(this.app.getHttpServer()).post(this.address(path)).set('Cookie', cookie).send(body);
  }

  /** Sends bytes as the body, a zip unless told otherwise. */
  async upload(caller: Caller, path: string, body: Buffer, type = 'application/zip'): Promise<request.Response> {
    const cookie = await this.cookieOf(caller);
    const sent = request(this.app.getHttpServer()).post(this.address(path)).set('Cookie', cookie);
    return sent.set('Content-Type', type).send(body);
  }

  /** Begins to send a zip of `bytes` bytes, and leaves after the first of them; `times` one after the other. */
  async leaveWhileSending(caller: Caller, path: string, { bytes, times }: Record<'bytes' | 'times', number>) {
    const cookie = await this.cookieOf(caller);
    const server = this.app.getHttpServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const headers = { cookie, 'content-type': 'application/zip', 'content-length': bytes };
    for (let time = 0; time < times; time += 1) {
      const sent = http.request({ port, host: '127.0.0.1', method: 'POST', path: this.address(path), headers });
      sent.on('error', () => undefined); // it is broken off below
      const asked = once(server, 'request');
      sent.write('PK');
      await asked;
      sent.destroy();
    }
    server.closeAllConnections();
  }

  /** Asks for a large answer, and leaves when its first bytes arrive. */
  async leaveInTheMiddle(caller: Caller, path: string): Promise<void> {
    const cookie = await this.cookieOf(caller);
    const server = this.app.getHttpServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const asked = http.get({ port, host: '127.0.0.1', path: this.address(path), headers: { cookie } });
    const [answer] = (await once(asked, 'response')) as [http.IncomingMessage];
    await once(answer, 'data');
    answer.destroy();
    await once(answer, 'close');
    server.closeAllConnections();
  }

  /** Starts an export as the operator and follows its run to the end. */
  async export(selection: object): Promise<FinishedRun> {
    const started = await this.post('Operator', '/exports/policies', selection);
    if (started.status !== 202) throw new Error(`The export was not started: ${JSON.stringify(started.body)}`);
    const { id } = started.body.run as { id: string };
    return eventually(async () => {
      const run = json<FinishedRun & { status: string }>(await this.get('Operator', `/operations/${id}`));
      return run.status === 'completed' ? run : undefined;
    });
  }

  /** Fetches the archive of a run: its bytes, and its files by path. */
  async archiveOf(run: FinishedRun): Promise<{ bytes: Buffer; files: Record<string, string> }> {
    const answer = await this.get('Operator', `/exports/${run.context.exportId}`);
    if (answer.status !== 200) throw new Error(`The archive was not handed out: ${answer.status}`);
    const archive = answer.body as Buffer;
    const files = Object.entries(unzipSync(archive)).map(([name, data]) => [name, strFromU8(data)] as const);
    return { bytes: archive, files: Object.fromEntries(files) };
  }

  private address(path: string): string {
    return `/api/v1/tenants/${this.scope.tenantId}${path}`;
  }

  private async cookieOf(caller: Caller): Promise<string> {
    const known = this.cookies.get(caller);
    if (known !== undefined) return known;
    const answer = await request(this.app.getHttpServer())
      .post('/api/v1/auth/login')
      .send({ email: `${caller.toLowerCase()}@exports.example`, password: PASSWORD })
      .expect(200);
    const cookie = cookieOf(answer);
    this.cookies.set(caller, cookie);
    return cookie;
  }
}

/** A settings catalog policy with one setting, as Graph gives it. */
export function catalogPolicy(id: string, name: string, value = 'on') {
  const settingInstance = {
    '@odata.type': '#microsoft.graph.deviceManagementConfigurationSimpleSettingInstance',
    settingDefinitionId: 'device_vendor_test',
    simpleSettingValue: { '@odata.type': '#microsoft.graph.deviceManagementConfigurationStringSettingValue', value },
  };
  return { id, name, description: '', platforms: 'windows10', settings: [{ id: '0', settingInstance }] };
}

/** The JSON of an answer that was read as bytes. */
export function json<T>(answer: request.Response): T {
  return JSON.parse((answer.body as Buffer).toString('utf8')) as T;
}

function bytes(response: request.Response, done: (error: null, body: Buffer) => void): void {
  const stream = response as unknown as NodeJS.ReadableStream;
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.on('end', () => done(null, Buffer.concat(chunks)));
}
