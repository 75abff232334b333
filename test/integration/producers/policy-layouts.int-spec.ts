import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { zipSync } from 'fflate';
import type { ImportReportDto } from '../../../src/modules/inventory/interchange/http/import.dto.js';
import { eventually } from '../../support/eventually.js';
import { readingOf } from '../drift/synced-inventory.js';
import { catalogPolicy, ExportingApp, SETTINGS_CATALOG } from './exporting-app.js';

const COMPLIANCE = 'deviceCompliancePolicy';
const LAYOUTS = ['intuneManagement', 'intuneCd', 'graph'];

const policy = (id: string, name: string, value?: string) => ({
  ...catalogPolicy(id, name, value),
  technologies: 'mdm',
  settingCount: 1,
  assignments: [{ target: { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId: 'g-1' } }],
});

const COMPLIANCE_POLICY = {
  '@odata.type': '#microsoft.graph.windows10CompliancePolicy',
  id: 'c-1',
  displayName: 'WIN-Compliance - v1.0',
  passwordRequired: true,
  scheduledActionsForRule: [{ ruleName: 'x', scheduledActionConfigurations: [{ actionType: 'block' }] }],
  assignments: [],
};

function zipOf(files: Record<string, unknown>): Buffer {
  const entries = Object.entries(files).map(([name, content]) => {
    return [name, Buffer.from(typeof content === 'string' ? content : JSON.stringify(content))] as const;
  });
  return Buffer.from(zipSync(Object.fromEntries(entries)));
}

describe('archives in the layouts of other tools', () => {
  let app: ExportingApp;

  beforeAll(async () => {
    app = await ExportingApp.start();
    await app.inventory.sync(app.scope, [
      readingOf(SETTINGS_CATALOG, [policy('s-1', 'WIN - Device Guard - v1.0'), policy('s-2', '../../a/b: 🚀')]),
      readingOf(COMPLIANCE, [COMPLIANCE_POLICY]),
    ]);
  });
  afterAll(() => app?.close());

  async function reportOf(zip: Buffer): Promise<ImportReportDto> {
    const answer = await app.upload('Operator', '/inventory/import', zip);
    if (answer.status !== 200) throw new Error(`The archive was not read: ${JSON.stringify(answer.body)}`);
    return answer.body as ImportReportDto;
  }

  it.each(LAYOUTS)('what is exported as %s is read back as the same policies', async (layout) => {
    const { bytes } = await app.archiveOf(await app.export({ layout }));
    const report = await reportOf(bytes);
    expect(report).toMatchObject({ unreadable: [], ignored: 0, onlyInTenant: [] });
    const told = report.policies.map(({ name, state, settings, missing }) => [name, state, settings, missing]);
    expect(told.sort()).toEqual([
      ['../../a/b: 🚀', 'equal', 1, []],
      ['WIN - Device Guard - v1.0', 'equal', 1, []],
      ['WIN-Compliance - v1.0', 'equal', 0, []],
    ]);
  });

  it('lie where each tool looks for them', async () => {
    const foldersOf = async (layout?: string) => {
      const { files } = await app.archiveOf(await app.export({ types: [COMPLIANCE], ...(layout ? { layout } : {}) }));
      return Object.entries(files).map(([path, text]) => [path, Object.keys(JSON.parse(text) as object)]);
    };
    const [[path, keys] = []] = await foldersOf('intuneCd');
    expect(path).toBe('Compliance Policies/Policies/WIN-Compliance - v1.0_windows10CompliancePolicy__c-1.json');
    expect(keys).not.toContain('id');
    const [[graphPath, graphKeys] = []] = await foldersOf('graph');
    expect(graphPath).toBe('deviceManagement/deviceCompliancePolicies/WIN-Compliance - v1.0__c-1.json');
    expect(graphKeys).toEqual(expect.arrayContaining(['@odata.context', 'id', 'assignments']));
    await expect(foldersOf()).resolves.toEqual(await foldersOf('intuneManagement'));
    const refused = await app.post('Operator', '/exports/policies', { layout: 'another' });
    expect(refused.body).toMatchObject({ code: 'request.invalid', errors: [{ field: 'layout' }] });
  });

  it("tell what differs from the tenant's, by id or by name", async () => {
    const report = await reportOf(
      zipOf({
        'SettingsCatalog/changed.json': policy('other-id', 'WIN - Device Guard - v2.0', 'off'),
        'SettingsCatalog/new.json': policy('s-9', 'New one'),
        'SettingsCatalog/broken.json': '{',
        'SettingsCatalog/short.json': { ...policy('s-8', 'Short'), settingCount: 4 },
        'notes.txt': 'x',
      }),
    );
    expect(report.policies).toMatchObject([
      {
        file: 'SettingsCatalog/changed.json',
        state: 'different',
        policyId: expect.stringMatching(/^\d+$/),
        changeCount: 2,
        changes: [
          { path: 'name', change: 'changed', section: 'name' },
          { path: 'settings/device_vendor_test', change: 'changed', section: 'settings' },
        ],
      },
      { file: 'SettingsCatalog/new.json', state: 'not_in_tenant', policyId: null, changes: [] },
    ]);
    expect(report.unreadable).toEqual([
      { file: 'SettingsCatalog/broken.json', code: 'file.not_json', reason: expect.any(String) },
      {
        file: 'SettingsCatalog/short.json',
        code: 'file.settings_missing',
        reason: expect.stringContaining('1 of its 4'),
      },
    ]);
    expect(report.ignored).toBe(1);
    expect(report.onlyInTenant).toMatchObject([{ type: SETTINGS_CATALOG, name: '../../a/b: 🚀' }]);
  });

  it('count scope tags only where the archive says them by id', async () => {
    const stateOf = async (roleScopeTagIds: string[]) => {
      const { policies } = await reportOf(
        zipOf({ 'SettingsCatalog/a.json': { ...policy('s-1', 'WIN - Device Guard - v1.0'), roleScopeTagIds } }),
      );
      return policies[0]?.state;
    };
    await expect(stateOf(['7'])).resolves.toBe('different');
    await expect(stateOf(['Default', 'Berlin'])).resolves.toBe('equal');
  });

  it('count assignments only where the archive says them by id', async () => {
    const target = (rest: object) => [{ target: { '@odata.type': '#microsoft.graph.groupAssignmentTarget', ...rest } }];
    const stateOf = async (assignments?: object[]) => {
      const { policies } = await reportOf(
        zipOf({ 'SettingsCatalog/a.json': { ...policy('s-1', 'WIN - Device Guard - v1.0'), assignments } }),
      );
      return policies[0]?.state;
    };
    await expect(stateOf(target({ groupId: 'g-2' }))).resolves.toBe('different');
    await expect(stateOf([])).resolves.toBe('different');
    await expect(stateOf(target({ groupName: 'All' }))).resolves.toBe('equal');
    await expect(stateOf()).resolves.toBe('equal');
  });

  it('are for those who may import, and compared with their own tenant alone', async () => {
    const zip = zipOf({ 'SettingsCatalog/a.json': policy('s-1', 'WIN - Device Guard - v1.0') });
    expect((await app.upload('Readonly', '/inventory/import', zip)).status).toBe(403);
    expect((await app.upload('Stranger', '/inventory/import', zip)).body).toMatchObject({ code: 'access.denied' });
  });

  it('leave no trace when whoever sends one goes away', async () => {
    const zip = zipOf({ 'SettingsCatalog/a.json': policy('s-1', 'WIN - Device Guard - v1.0') });
    await app.leaveWhileSending('Operator', '/inventory/import', { bytes: 1_000_000, times: 4 });
    await expect(eventually(async () => (await reportOf(zip).catch(() => undefined))?.policies)).resolves.toHaveLength(
      1,
    );
  });

  it('are refused as a whole when they are no zip, too large, or sent as a form could', async () => {
    const notAZip = await app.upload('Operator', '/inventory/import', Buffer.from('no zip at all, I am afraid'));
    expect([notAZip.status, notAZip.body.code]).toEqual([422, 'inventory.not_a_zip']);
    const huge = await app.upload('Operator', '/inventory/import', Buffer.alloc(33 * 1024 * 1024));
    expect([huge.status, huge.body.code]).toEqual([422, 'inventory.archive_too_large']);
    for (const type of ['multipart/form-data; boundary=x', 'text/plain']) {
      expect((await app.upload('Operator', '/inventory/import', Buffer.from('x'), type)).status).toBe(403);
    }
    expect((await app.upload('Operator', '/inventory/import', Buffer.from('{}'), 'application/json')).status).toBe(415);
  });
});
