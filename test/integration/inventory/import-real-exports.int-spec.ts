import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { zipSync } from 'fflate';
import { DEMO_CONTOSO } from '#libs/graph-simulator/src/demo/demo-credentials.js';
import { PolicyRepository } from '../../../src/modules/inventory/data/policy.repository.js';
import { filesOfFolder } from '../../../src/modules/inventory/interchange/folder-files.js';
import type { ImportReportDto } from '../../../src/modules/inventory/interchange/http/import.dto.js';
import { IMPORT_LIMITS } from '../../../src/modules/inventory/interchange/policy-file.js';
import { PolicyImportService } from '../../../src/modules/inventory/interchange/policy-import.service.js';
import { normalisedName } from '../../../src/modules/inventory/policy/normalised-name.js';
import { describeIfShared, SHARED_DIR } from '../../support/requirements.js';
import { SimulatedTenant } from './simulated-tenant.js';

const DATA = path.join(SHARED_DIR, 'data');
const [V36, NEWER] = ['openintunebaseline/windows-v3.6', 'openintunebaseline/windows-2026-03'];

interface ExpectedDrift {
  added: string[];
  removed: string[];
  changed: string[];
  name_or_description_only: string[];
}

async function zipOf(folder: string): Promise<Buffer> {
  const { files } = await filesOfFolder(path.join(DATA, folder), IMPORT_LIMITS);
  const entries = await Promise.all(files.map(async (file) => [file.path, await file.read()] as const));
  return Buffer.from(zipSync(Object.fromEntries(entries)));
}

/** The tenant is read over the wire from the simulator, which reads the folders by code of its own. */
describeIfShared('importing real exports into a tenant that was synced', () => {
  let contoso: SimulatedTenant;
  let imports: PolicyImportService;
  beforeAll(async () => {
    contoso = await SimulatedTenant.start();
    imports = new PolicyImportService(new PolicyRepository(contoso.db.tenantDatabase));
  });
  afterAll(() => contoso.close());

  async function reportOf(tenant: string, imported: string): Promise<ImportReportDto> {
    const dir = path.join(DATA, tenant);
    await contoso.control('PUT', `/tenants/${DEMO_CONTOSO.entraTenantId}/content`, { dir });
    await contoso.syncOnce();
    return imports.report(contoso.tenant.scope, () => zipOf(imported));
  }

  it.each([
    [V36, 69],
    [NEWER, 70],
    ['sample-tenant', 16],
  ])('finds nothing new in %s when the tenant is that folder', async (folder, policies) => {
    const { policies: told, unreadable, onlyInTenant } = await reportOf(folder, folder);
    expect(unreadable).toEqual([]);
    expect(told).toHaveLength(policies);
    expect(told.filter(({ state }) => state !== 'equal')).toEqual([]);
    expect(onlyInTenant).toEqual([]);
  });

  it('finds what changed from one release to the next, as it was computed apart from the product', async () => {
    const expected = JSON.parse(
      await readFile(path.join(DATA, 'openintunebaseline/expected-drift.json'), 'utf8'),
    ) as ExpectedDrift;
    const bare = (keys: readonly string[]) => keys.map((key) => normalisedName(key.split('|').at(-1) ?? key)).sort();
    const { policies, onlyInTenant } = await reportOf(V36, NEWER);
    const named = (wanted: (policy: ImportReportDto['policies'][number]) => boolean) =>
      bare(policies.filter(wanted).map(({ name }) => name));
    expect(named(({ state }) => state === 'not_in_tenant')).toEqual(bare(expected.added));
    expect(bare(onlyInTenant.map(({ name }) => name))).toEqual(bare(expected.removed));
    const settings = named(({ changes }) => changes.some(({ section }) => section === 'settings'));
    expect(settings).toEqual(bare(expected.changed));
    expect(named(({ state }) => state === 'ambiguous' || state === 'not_compared')).toEqual([]);
  });
});
