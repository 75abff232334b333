import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FolderUnreadable, readExportFolder } from './export-folder.js';
import { loadTenantFolders } from './tenant-folder.js';

const CATALOG = '#microsoft.graph.deviceManagementConfigurationPolicy';

describe('folders of exports', () => {
  let dir: string;

  beforeEach(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'simulator-'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  async function put(file: string, content: string | Buffer): Promise<void> {
    await mkdir(path.dirname(path.join(dir, file)), { recursive: true });
    await writeFile(path.join(dir, file), content);
  }

  it('reads UTF-8 and UTF-16 in both byte orders, with their marks', async () => {
    const text = JSON.stringify({ '@odata.type': CATALOG, name: 'Łódź 🖥️' });
    const little = Buffer.from(`\uFEFF${text}`, 'utf16le');
    await put('a.json', text);
    await put('b.json', `\uFEFF${text}`);
    await put('c.json', little);
    await put('d.json', Buffer.from(little).swap16());
    const { objects, unreadable } = await readExportFolder(dir);
    expect(unreadable).toEqual([]);
    expect(objects.map((object) => object.body.name)).toEqual(Array(4).fill('Łódź 🖥️'));
  });

  it('reports what it cannot read and goes on', async () => {
    await put('ok.json', JSON.stringify({ '@odata.type': CATALOG, id: '1', name: 'ok' }));
    await put('cut.json', '{"@odata.type": "#micro');
    await put('bytes.json', Buffer.from([0x7b, 0xff, 0x00, 0x80]));
    await put('list.json', '[]');
    await put('agreement.json', JSON.stringify({ '@odata.type': '#microsoft.graph.agreement', id: '2' }));
    await put('nothing.json', '{}');
    await put('notes.txt', 'not looked at');
    const { objects, unreadable } = await readExportFolder(dir);
    expect(objects.map((object) => object.body.name)).toEqual(['ok']);
    expect(unreadable.map((entry) => entry.file)).toEqual([
      'agreement.json',
      'bytes.json',
      'cut.json',
      'list.json',
      'nothing.json',
    ]);
    expect(unreadable.find((entry) => entry.file === 'agreement.json')?.reason).toContain('microsoft.graph.agreement');
  });

  it('knows a type from @odata.type, else the context, else the folder', async () => {
    await put('a.json', JSON.stringify({ '@odata.type': '#microsoft.graph.windows10CompliancePolicy' }));
    await put(
      'b.json',
      JSON.stringify({
        '@odata.context':
          'https://graph.microsoft.com/beta/$metadata#deviceAppManagement/iosManagedAppProtections(apps())/$entity',
      }),
    );
    await put('DriverUpdateProfiles/c.json', JSON.stringify({ displayName: 'c' }));
    await put('DeviceConfiguration/d.json', JSON.stringify({ displayName: 'd' }));
    const { objects } = await readExportFolder(dir);
    expect(objects.map((object) => [object.collection, object.body['@odata.type']])).toEqual([
      ['deviceConfigurations', '#microsoft.graph.deviceConfiguration'],
      ['windowsDriverUpdateProfiles', undefined],
      ['deviceCompliancePolicies', '#microsoft.graph.windows10CompliancePolicy'],
      ['iosManagedAppProtections', undefined],
    ]);
  });

  it('gives a second object of one id a new one, the same each time, and its children follow', async () => {
    const twin = (name: string) =>
      JSON.stringify({ '@odata.type': CATALOG, id: 'AAAA-1', name, assignments: [{ id: 'AAAA-1_group' }] });
    await put('x (24H2+).json', twin('first'));
    await put('x - v1.json', twin('second'));
    const [first, second] = (await readExportFolder(dir)).objects;
    expect([first?.body.name, first?.body.id]).toEqual(['first', 'AAAA-1']);
    expect(second?.body.name).toBe('second');
    expect(second?.body.id).not.toBe('AAAA-1');
    expect(second?.body.assignments).toEqual([{ id: `${second?.body.id}_group` }]);
    expect((await readExportFolder(dir)).objects[1]?.body.id).toBe(second?.body.id);
  });

  it('takes annotations off and keeps the types that tell something', async () => {
    await put(
      'a.json',
      JSON.stringify({
        '@odata.context': 'x',
        '@odata.id': 'x',
        '@odata.type': CATALOG,
        'platforms@odata.type': 'x',
        platforms: 'windows10',
        '#microsoft.graph.assign': {},
        settings: [
          {
            '@odata.type': '#microsoft.graph.deviceManagementConfigurationSetting',
            'settingDefinitions@odata.navigationLink': 'x',
            settingInstance: { '@odata.type': '#microsoft.graph.deviceManagementConfigurationChoiceSettingInstance' },
          },
        ],
      }),
    );
    const [object] = (await readExportFolder(dir)).objects;
    expect(object?.body).toEqual({
      id: object?.body.id,
      '@odata.type': CATALOG,
      platforms: 'windows10',
      settings: [
        { settingInstance: { '@odata.type': '#microsoft.graph.deviceManagementConfigurationChoiceSettingInstance' } },
      ],
    });
  });

  it('loads tenants by folder, with or without tenant.json', async () => {
    const id = '11111111-2222-4333-8444-555555555555';
    await put(
      `${id}/tenant.json`,
      JSON.stringify({
        name: 'One',
        apps: [{ clientId: 'c', clientSecret: 's', permissions: ['Group.Read.All'] }],
        users: [{ userPrincipalName: 'a@one.example' }],
        groups: [{ id: 'g', displayName: 'G' }],
      }),
    );
    await put(`${id}/deep/er/p.json`, JSON.stringify({ '@odata.type': CATALOG, id: '1', name: 'p' }));
    await put('two/broken.json', '{');
    const { tenants, unreadable } = await loadTenantFolders(dir);
    expect(tenants.map((tenant) => tenant.name)).toEqual(['One', 'two']);
    expect(tenants[0]).toMatchObject({
      entraTenantId: id,
      apps: [{ clientId: 'c', permissions: ['Group.Read.All'] }],
      groups: [{ id: 'g' }],
      users: [{ userPrincipalName: 'a@one.example' }],
    });
    expect(tenants[0]?.objects).toHaveLength(1);
    expect(tenants[1]?.entraTenantId).toMatch(/^[0-9a-f-]{36}$/);
    expect(tenants[1]?.apps[0]?.permissions).toContain('DeviceManagementConfiguration.ReadWrite.All');
    expect(unreadable).toMatchObject([{ file: 'two/broken.json' }]);
  });

  it('says in a sentence that a folder cannot be read', async () => {
    await expect(readExportFolder(path.join(dir, 'missing'))).rejects.toThrow(FolderUnreadable);
    await expect(loadTenantFolders(path.join(dir, 'missing'))).rejects.toThrow(/^The folder .+ cannot be read: .+\.$/);
  });
});
