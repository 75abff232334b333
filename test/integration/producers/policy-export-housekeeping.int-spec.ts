import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TenantScope } from '../../../src/platform/database/tenant-scope.js';
import { PolicyExportRepository } from '../../../src/producers/policy-bulk-export/data/policy-export.repository.js';
import { aTenant } from '../../support/builders.js';
import { eventually } from '../../support/eventually.js';
import { readingOf } from '../drift/synced-inventory.js';
import { ExportingApp, SETTINGS_CATALOG } from './exporting-app.js';

describe('the housekeeping of a worker', () => {
  let app: ExportingApp;
  beforeAll(async () => {
    app = await ExportingApp.start({ housekeepingSeconds: 0.05 });
  });
  afterAll(() => app?.close());

  /** A finished archive; answers its id. */
  async function anArchive(scope: TenantScope, runId: string): Promise<string> {
    const archives = new PolicyExportRepository(app.db.tenantDatabase);
    const id = await archives.open(scope, runId);
    await archives.append(scope, id, 0, Buffer.from('part'));
    await archives.finish(scope, id, { files: 1, parts: 1, bytes: 4, sha256: '0'.repeat(64) });
    return id;
  }

  it('frees the expired archives of every tenant, also of those that export nothing any more', async () => {
    const tenants = [app.scope, (await aTenant(app.db.database)).scope, (await aTenant(app.db.database)).scope];
    const expired: string[] = [];
    const kept: string[] = [];
    for (const scope of tenants) {
      expired.push(await anArchive(scope, '1'));
      kept.push(await anArchive(scope, '2'));
    }
    await app.db.database.query(
      `UPDATE policy_exports SET expires_at = now() - interval '1 minute' WHERE id = ANY ($1)`,
      [expired],
    );
    const stored = async (): Promise<string[]> =>
      (await app.db.database.query<{ id: string }>('SELECT export_id AS id FROM policy_export_parts')).map(
        ({ id }) => id,
      );
    await eventually(async () => (await stored()).length <= kept.length || undefined);
    expect((await stored()).sort()).toEqual(kept.toSorted());
  });

  it('lets sync runs go that nothing reads, also of tenants that sync no more', async () => {
    const tenants = [app.scope, (await aTenant(app.db.database)).scope];
    const kept: string[] = [];
    for (const scope of tenants) {
      for (let synced = 0; synced < 5; synced += 1) {
        const id = await app.inventory.sync(scope, [readingOf(SETTINGS_CATALOG, [])]);
        if (synced >= 3) kept.push(id);
      }
    }
    const stored = async (): Promise<string[]> =>
      (await app.db.database.query<{ id: string }>('SELECT id FROM inventory_sync_runs ORDER BY id')).map(
        ({ id }) => id,
      );
    await eventually(async () => (await stored()).length <= kept.length || undefined);
    expect(await stored()).toEqual(kept);
  });
});
