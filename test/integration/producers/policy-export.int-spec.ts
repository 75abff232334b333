import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readExportFolder } from '#libs/graph-simulator/src/store/export-folder.js';
import { readingOf, withUnread } from '../drift/synced-inventory.js';
import { catalogPolicy, ExportingApp, json, SETTINGS_CATALOG } from './exporting-app.js';

const COMPLIANCE = 'deviceCompliancePolicy';

function compliancePolicy(id: string, displayName: string) {
  return {
    '@odata.type': '#microsoft.graph.windows10CompliancePolicy',
    id,
    displayName,
    passwordRequired: true,
    assignments: [{ id: 'a1', target: { '@odata.type': '#microsoft.graph.allDevicesAssignmentTarget' } }],
  };
}

describe('exporting policies', () => {
  let app: ExportingApp;
  let ids: Record<string, string>;

  beforeAll(async () => {
    app = await ExportingApp.start();
  });
  afterAll(() => app?.close());

  beforeEach(async () => {
    await app.db.database.query('DELETE FROM policy_exports');
    await app.inventory.sync(app.scope, [
      readingOf(SETTINGS_CATALOG, [
        catalogPolicy('s-1', 'WIN - Device Guard'),
        catalogPolicy('s-2', '../../a/b: 🚀'),
        { ...catalogPolicy('s-3', 'Wi-Fi'), preSharedKey: 'hunter2' },
      ]),
      readingOf(COMPLIANCE, [compliancePolicy('c-1', 'WIN-Compliance')]),
    ]);
    const rows = await app.db.database.query<{ id: string; external_id: string }>(
      'SELECT id, external_id FROM inventory_policies WHERE tenant_id = $1',
      [app.scope.tenantId],
    );
    ids = Object.fromEntries(rows.map(({ id, external_id }) => [external_id, id]));
  });

  it('makes a zip of the newest stored versions, a folder per type, without any secret', async () => {
    const run = await app.export({});
    expect(run).toMatchObject({ outcome: 'succeeded', summaryCounts: { total: 4, success: 4 }, context: { files: 4 } });
    const { files } = await app.archiveOf(run);
    expect(Object.keys(files).sort()).toEqual([
      'CompliancePolicies/WIN-Compliance__c-1.json',
      'SettingsCatalog/WIN - Device Guard__s-1.json',
      'SettingsCatalog/Wi-Fi__s-3.json',
      'SettingsCatalog/_.._a_b_ 🚀__s-2.json',
    ]);
    const guard = JSON.parse(files['SettingsCatalog/WIN - Device Guard__s-1.json'] ?? '') as Record<string, unknown>;
    expect(guard).toMatchObject({
      '@odata.type': '#microsoft.graph.deviceManagementConfigurationPolicy',
      ...catalogPolicy('s-1', 'WIN - Device Guard'),
    });
    expect(JSON.parse(files['CompliancePolicies/WIN-Compliance__c-1.json'] ?? '')).toMatchObject({
      assignments: [{ target: { '@odata.type': '#microsoft.graph.allDevicesAssignmentTarget' } }],
    });
    expect(files['SettingsCatalog/Wi-Fi__s-3.json']).toContain('"preSharedKey": "«secret»"');
    expect(JSON.stringify(files)).not.toContain('hunter2');
  });

  it('is read by whoever reads exported folders', async () => {
    const { files } = await app.archiveOf(await app.export({}));
    const folder = await mkdtemp(path.join(os.tmpdir(), 'tenantatlas-export-'));
    try {
      for (const [name, text] of Object.entries(files)) {
        await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
        await writeFile(path.join(folder, name), text);
      }
      const read = await readExportFolder(folder);
      expect(read.unreadable).toEqual([]);
      const found = read.objects.map(({ collection, body }) => `${collection} ${String(body['id'])}`).sort();
      expect(found).toEqual([
        'configurationPolicies s-1',
        'configurationPolicies s-2',
        'configurationPolicies s-3',
        'deviceCompliancePolicies c-1',
      ]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('selects by id, by type and by name', async () => {
    const names = async (selection: object) =>
      Object.keys((await app.archiveOf(await app.export(selection))).files).map((name) => name.split('__')[1]);
    await expect(names({ policyIds: [ids['s-2'], ids['c-1'], ids['s-2']] })).resolves.toHaveLength(2);
    await expect(names({ types: [COMPLIANCE] })).resolves.toEqual(['c-1.json']);
    await expect(names({ q: 'WIN' }).then((found) => found.sort())).resolves.toEqual(['c-1.json', 's-1.json']);
    await expect(names({ types: [SETTINGS_CATALOG], q: 'win' })).resolves.toEqual(['s-1.json']);
  });

  it('says which policies it could not write, and writes the others', async () => {
    const reading = readingOf(SETTINGS_CATALOG, [catalogPolicy('s-1', 'WIN - Device Guard')]);
    await app.inventory.sync(app.scope, [withUnread(reading, 's-2')]);
    const run = await app.export({ policyIds: [ids['s-1'], ids['s-2'], ids['s-3'], '999999', '../x'] });
    expect(run).toMatchObject({ outcome: 'partially_succeeded', summaryCounts: { success: 2, failed: 3 } });
    const { items } = json<{ items: { itemId: string; reasonCode: string; reason: string }[] }>(
      await app.get('Readonly', `/operations/${run.id}/items?result=failed`),
    );
    expect(items.map(({ itemId, reasonCode }) => [itemId, reasonCode])).toEqual([
      [ids['s-2'], 'policy_export.incomplete'],
      ['999999', 'inventory.policy_unknown'],
      ['../x', 'inventory.policy_unknown'],
    ]);
    expect(items[1]?.reason).toBe('This tenant has no policy with this id. Choose it from the inventory.');
    // s-3 is not in the tenant any more; named by its id, its last version is still to be had.
    expect(Object.keys((await app.archiveOf(run)).files)).toHaveLength(2);
  });

  it('hands the archive to every member of the tenant and to nobody else, and says who took it', async () => {
    const run = await app.export({ types: [COMPLIANCE] });
    const { exportId } = run.context;
    const address = `/exports/${exportId}`;
    expect(run.links.related).toEqual([
      expect.objectContaining({ rel: 'archive', href: `/api/v1/tenants/${app.scope.tenantId}${address}` }),
    ]);
    const answer = await app.get('Readonly', address);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/zip',
      'content-disposition': expect.stringMatching(/^attachment; filename="policies-\d{4}-\d\d-\d\d-\d+\.zip"$/),
      'content-length': String((answer.body as Buffer).length),
      'repr-digest': `sha-256=:${createHash('sha256')
        .update(answer.body as Buffer)
        .digest('base64')}:`,
    });
    const audit = await app.db.database.query(
      `SELECT actor_name, subject_id FROM audit_entries WHERE tenant_id = $1 AND action = 'policy_export.download'
       ORDER BY id DESC LIMIT 1`,
      [app.scope.tenantId],
    );
    expect(audit).toEqual([{ actor_name: 'Readonly readonly@exports.example', subject_id: exportId }]);
    expect((await app.get('Stranger', address)).status).toBe(403);
    for (const unknown of ['/exports/999999999', '/exports/abc', '/exports/policies']) {
      const refused = await app.get('Readonly', unknown);
      expect([refused.status, json<{ code: string }>(refused).code]).toEqual([403, 'access.denied']);
    }
    expect((await app.post('Readonly', '/exports/policies', {})).status).toBe(403);
    expect((await app.post('Stranger', '/exports/policies', {})).status).toBe(403);
  });

  it.each([
    [{ policyIds: [] }, 'request.invalid'],
    [{ policyIds: [7] }, 'request.invalid'],
    [{ types: ['nothing'] }, 'request.invalid'],
    [{ q: '' }, 'request.invalid'],
    [{ other: 1 }, 'request.invalid'],
    [{ policyIds: ['1'], q: 'x' }, 'policy_export.ambiguous_selection'],
  ])('refuses the selection %j', async (selection, code) => {
    const refused = await app.post('Operator', '/exports/policies', selection);
    expect(refused.status).toBe(422);
    const [field] = Object.keys(selection);
    expect(refused.body).toMatchObject({
      code,
      errors: expect.arrayContaining([expect.objectContaining({ field, message: expect.any(String) })]),
    });
  });

  it('is the same archive to the byte while nothing changes, and another one after a change', async () => {
    const digest = async () => (await app.export({ types: [SETTINGS_CATALOG] })).context.sha256;
    const first = await digest();
    await expect(digest()).resolves.toBe(first);
    await app.inventory.sync(app.scope, [
      readingOf(SETTINGS_CATALOG, [catalogPolicy('s-1', 'WIN - Device Guard', 'off')]),
    ]);
    await expect(digest()).resolves.not.toBe(first);
  });
});
