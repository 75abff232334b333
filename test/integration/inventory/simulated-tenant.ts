import { randomBytes } from 'node:crypto';
import { createGraphClient, type GraphClient } from '#libs/graph-client/src/graph-client.js';
import type { GraphLimits } from '#libs/graph-client/src/graph-limits.js';
import { createMsalTokenSource } from '#libs/graph-client/src/token-source.js';
import { DEMO_CONTOSO } from '#libs/graph-simulator/src/demo/demo-credentials.js';
import {
  createGraphSimulator,
  type GraphSimulator,
  type StartedSimulator,
} from '#libs/graph-simulator/src/graph-simulator.js';
import type { SeedApp, SeedTenant } from '#libs/graph-simulator/src/store/seed-tenant.js';
import { performRun, type PerformedRun } from '#libs/run-kit/testing/perform-run.js';
import { PolicyRepository } from '../../../src/modules/inventory/data/policy.repository.js';
import { ReadingNoteRepository } from '../../../src/modules/inventory/data/reading-note.repository.js';
import { ReadingWriter } from '../../../src/modules/inventory/data/reading-writer.js';
import { ReferenceRepository } from '../../../src/modules/inventory/data/reference.repository.js';
import { SettingNameRepository } from '../../../src/modules/inventory/data/setting-name.repository.js';
import { SyncRunRepository } from '../../../src/modules/inventory/data/sync-run.repository.js';
import { VersionWriter } from '../../../src/modules/inventory/data/version-writer.js';
import { InventoryFacade } from '../../../src/modules/inventory/inventory.facade.js';
import { InventoryPages } from '../../../src/modules/inventory/inventory-pages.js';
import { PolicySettingNames } from '../../../src/modules/inventory/policy-setting-names.js';
import { InventorySyncProcessor } from '../../../src/modules/inventory/runs/inventory-sync.processor.js';
import {
  InventorySyncRun,
  type InventorySyncPayload,
} from '../../../src/modules/inventory/runs/inventory-sync.run-type.js';
import { GraphClients } from '../../../src/modules/tenancy/graph-clients.facade.js';
import { InventorySync } from '../../../src/modules/inventory/sync/inventory-sync.js';
import { SecretBox } from '../../../src/platform/crypto/secret-box.js';
import { aTenant, type TenantRow } from '../../support/builders.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

/** Graph answers at once here, so a fault that stays is given up after little time. */
const IMPATIENT = { maxAttempts: 2, backoffBaseMs: 1, backoffCapMs: 2, conditionalAccessWindowMs: 50 };
/** Conditional access answers once a second; here its seconds are short. */
const HURRY = 200;

let operationRuns = 100;

/** A tenant of the simulator with its inventory in a database of its own. */
export class SimulatedTenant {
  readonly facade: InventoryFacade;
  readonly pages: InventoryPages;
  readonly runs: SyncRunRepository;
  readonly writer: ReadingWriter;
  readonly settingNames: PolicySettingNames;
  private readonly sync: InventorySync;

  private constructor(
    readonly db: TestDatabase,
    readonly tenant: TenantRow,
    private readonly simulator: GraphSimulator,
    readonly started: StartedSimulator,
    private readonly connection: Connection,
    private readonly virtual: boolean,
  ) {
    this.runs = new SyncRunRepository(db.tenantDatabase);
    const policies = new PolicyRepository(db.tenantDatabase);
    this.writer = new ReadingWriter(
      db.tenantDatabase,
      new VersionWriter(db.tenantDatabase),
      new ReferenceRepository(db.tenantDatabase),
    );
    this.facade = new InventoryFacade(this.runs, policies);
    this.pages = new InventoryPages(policies, this.runs);
    const names = new SettingNameRepository(db.tenantDatabase);
    this.settingNames = new PolicySettingNames(policies, names);
    const notes = new ReadingNoteRepository(db.tenantDatabase, new SecretBox([randomBytes(32)]));
    this.sync = new InventorySync(this.runs, this.writer, names, notes);
  }

  /** The tenant of that seed in virtual time with Graph's own limits; without a seed the demo tenant, in a hurry. */
  static async start(seed?: SeedTenant): Promise<SimulatedTenant> {
    const connection = seed ? connectionOf(seed) : DEMO_CONTOSO;
    const db = await createTestDatabase();
    const tenant = await aTenant(db.database, { name: 'Contoso', entraTenantId: connection.entraTenantId });
    const begun = Date.now();
    const simulator = createGraphSimulator({
      port: 0,
      controlPort: 0,
      ...(seed
        ? { tenants: [seed], clock: { mode: 'virtual' as const } }
        : { now: () => begun + (Date.now() - begun) * HURRY }),
    });
    return new SimulatedTenant(db, tenant, simulator, await simulator.start(), connection, seed !== undefined);
  }

  async close(): Promise<void> {
    await this.simulator.close();
    await this.db.close();
  }

  client(clientSecret: string = this.connection.clientSecret, limits: Partial<GraphLimits> = {}): GraphClient {
    const { graphOrigin, loginOrigin, loginAuthority, clock } = this.started;
    const { entraTenantId, clientId } = this.connection;
    const place = { entraTenantId, clientId, clientSecret, loginOrigin, loginAuthority };
    if (!this.virtual) {
      return createGraphClient({
        graphOrigin,
        tokens: createMsalTokenSource(place),
        limits: { ...IMPATIENT, ...limits },
      });
    }
    const sending = (): (() => void) => {
      clock.enter();
      return () => clock.leave();
    };
    return createGraphClient({
      graphOrigin,
      tokens: createMsalTokenSource({ ...place, clock }),
      limits,
      clock,
      observer: { sending, fault: () => undefined },
    });
  }

  processor(clients: GraphClients = new FixedClients(this.client())): InventorySyncProcessor {
    return new InventorySyncProcessor(clients, this.sync);
  }

  /** Works a sync as the engine would; each call is an operation run of its own unless `runId` says otherwise. */
  syncOnce(
    payload: InventorySyncPayload = {},
    given: { processor?: InventorySyncProcessor; runId?: string; signal?: AbortSignal } = {},
  ): Promise<PerformedRun> {
    return performRun(InventorySyncRun, given.processor ?? this.processor(), payload, {
      tenantId: this.tenant.id,
      runId: given.runId ?? String((operationRuns += 1)),
      ...(given.signal ? { signal: given.signal } : {}),
    });
  }

  async control(method: string, path: string, body?: object): Promise<void> {
    const answer = await fetch(`${this.started.controlOrigin}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  }

  /** One change by an administrator of the tenant, at `/objects/...`. */
  change(method: string, path: string, body?: object): Promise<void> {
    return this.control(method, `/tenants/${this.connection.entraTenantId}/objects${path}`, body);
  }

  /** Where each row of the inventory lies and which transaction wrote it: equal states mean that nothing was written. */
  async rows(): Promise<Record<string, string>> {
    const found: Record<string, string> = {};
    for (const table of ['policies', 'policy_versions', 'policy_periods', 'references', 'setting_names']) {
      const [row] = await this.db.database.query<{ state: string }>(
        `SELECT count(*) || ' ' || md5(string_agg(ctid::text || xmin::text, ',' ORDER BY ctid)) AS state
         FROM inventory_${table}`,
      );
      found[table] = row?.state ?? '';
    }
    return found;
  }
}

type Connection = Pick<SeedApp, 'clientId' | 'clientSecret'> & Pick<SeedTenant, 'entraTenantId'>;

function connectionOf({ entraTenantId, apps: [app] }: SeedTenant): Connection {
  if (!app) throw new Error('The tenant has an app.');
  return { entraTenantId, clientId: app.clientId, clientSecret: app.clientSecret };
}

/** Gives one client, or refuses as the tenancy does. */
export class FixedClients extends GraphClients {
  constructor(private readonly given: GraphClient | Error) {
    super();
  }

  override forTenant(): Promise<GraphClient> {
    return this.given instanceof Error ? Promise.reject(this.given) : Promise.resolve(this.given);
  }
}
