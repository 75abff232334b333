import { describe, expect, it } from '@jest/globals';
import type { PolicyFile } from './policy-file.js';
import { readPolicyFiles, type ReadImport } from './read-policy-files.js';

const GUARD = {
  '@odata.type': '#microsoft.graph.deviceManagementConfigurationPolicy',
  id: '7a',
  name: 'WIN - Device Guard – ü 🚀',
  platforms: 'windows10',
  settingCount: 1,
  settings: [{ id: '0', settingInstance: { settingDefinitionId: 'a', simpleSettingValue: { value: 'on' } } }],
};
const TEXT = JSON.stringify(GUARD);
const BOM = '\u{feff}';

function read(files: Record<string, string | Buffer>, room?: number): Promise<ReadImport> {
  const given: PolicyFile[] = Object.entries(files).map(([path, content]) => ({
    path,
    read: () => Promise.resolve(Buffer.from(content)),
  }));
  return readPolicyFiles({ files: given, unreadable: [], ignored: 0 }, room);
}

function utf16be(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16();
}

/** The code of the one file that could not be read. */
async function faultOf(text: string | Buffer, path = 'SettingsCatalog/x.json'): Promise<string | undefined> {
  const { policies, unreadable } = await read({ [path]: text });
  expect(policies).toEqual([]);
  expect(unreadable).toEqual([{ file: path, code: expect.any(String), reason: expect.stringMatching(/^[A-Z].*\.$/) }]);
  return unreadable[0]?.code;
}

describe('reading policy files', () => {
  it('reads every encoding that the tools write to the same policy', async () => {
    const { policies, unreadable } = await read({
      'utf8.json': TEXT,
      'utf8-bom.json': BOM + TEXT,
      'utf16le.json': Buffer.from(BOM + TEXT, 'utf16le'),
      'utf16be.json': utf16be(BOM + TEXT),
      'utf16le-bare.json': Buffer.from(TEXT, 'utf16le'),
      'utf16be-bare.json': utf16be(TEXT),
    });
    expect(unreadable).toEqual([]);
    expect(policies).toHaveLength(6);
    expect(new Set(policies.map(({ policy }) => policy.hashes.contentHash)).size).toBe(1);
    expect(policies[0]).toMatchObject({
      externalId: '7a',
      settings: 1,
      missing: [],
      assignmentsComparable: false,
      policy: { content: { name: GUARD.name }, platform: 'windows' },
    });
  });

  it('says of each file why it cannot be read', async () => {
    await expect(faultOf('{"a":')).resolves.toBe('file.not_json');
    await expect(faultOf('')).resolves.toBe('file.not_json');
    await expect(faultOf(Buffer.from([0x7b, 0xff, 0xfe, 0x7d]))).resolves.toBe('file.not_text');
    await expect(faultOf('"text"')).resolves.toBe('file.not_a_policy');
    await expect(faultOf('[]')).resolves.toBe('file.not_a_policy');
    await expect(faultOf(`${'['.repeat(200)}${']'.repeat(200)}`)).resolves.toBe('file.too_deep');
    await expect(faultOf(`${'{"a":'.repeat(200)}1${'}'.repeat(200)}`)).resolves.toBe('file.too_deep');
    await expect(faultOf('{"displayName":"x"}', 'elsewhere/x.json')).resolves.toBe('file.unknown_type');
    await expect(faultOf(JSON.stringify({ ...GUARD, name: undefined }))).resolves.toBe('file.without_name');
    await expect(faultOf(JSON.stringify({ ...GUARD, settingCount: 2 }))).resolves.toBe('file.settings_missing');
  });

  it('quotes nothing of a broken file', async () => {
    const { unreadable } = await read({
      'a.json': '{"secret": hunter2 }',
      'b.json': '{\n"secret": "hunter2" 1}',
      'c.json': '{"secret": "hunter2"',
    });
    expect(unreadable.map(({ reason }) => reason)).toEqual([
      'It is no JSON.',
      'It is no JSON: see line 2.',
      expect.stringMatching(/^It is no JSON: (it ends too early|see line 1)\.$/),
    ]);
  });

  it('goes on after a file that cannot be read, and tells in the order of paths', async () => {
    const { policies, unreadable } = await read({ 'z.json': '{', 'a.json': '[', 'm.json': TEXT });
    expect(policies.map(({ file }) => file)).toEqual(['m.json']);
    expect(unreadable.map(({ file }) => file)).toEqual(['a.json', 'z.json']);
  });

  it('reads a page of Graph and a list of objects, each object by itself', async () => {
    const plain = { ...GUARD, '@odata.type': undefined };
    const page = {
      '@odata.context': 'https://graph.microsoft.com/beta/$metadata#deviceManagement/configurationPolicies',
      value: [plain, { ...plain, id: '7b', settingCount: 5 }],
    };
    const { policies, unreadable } = await read({
      'page.json': JSON.stringify(page),
      'list.json': `[${TEXT},${TEXT}]`,
    });
    expect(policies.map(({ file }) => file)).toEqual(['page.json#1', 'list.json#1', 'list.json#2']);
    expect(unreadable).toMatchObject([{ file: 'page.json#2', code: 'file.settings_missing' }]);
  });

  it('takes no file that makes the import larger than it may be', async () => {
    const { policies, unreadable } = await read({
      'a.json': TEXT,
      'b.json': `[${'{},'.repeat(10_000)}{}]`,
      'c.json': TEXT,
    });
    expect(policies.map(({ file }) => file)).toEqual(['a.json', 'c.json']);
    expect(unreadable.map(({ file, code }) => [file, code])).toEqual([['b.json', 'file.too_many']]);
  });

  it('keeps no more than an import may hold, and goes on with what is smaller', async () => {
    const large = JSON.stringify({ ...GUARD, description: 'x'.repeat(5_000) });
    const { policies, unreadable } = await read({ 'a.json': TEXT, 'b.json': large, 'c.json': TEXT }, 3_000);
    expect(policies.map(({ file }) => file)).toEqual(['a.json', 'c.json']);
    expect(unreadable.map(({ file, code }) => [file, code])).toEqual([['b.json', 'file.import_too_large']]);
  });

  it('tells an export without settings from one that has none', async () => {
    const bare = { ...GUARD, settings: undefined, settingCount: undefined };
    const { policies } = await read({
      'a.json': JSON.stringify(bare),
      'b.json': JSON.stringify({ ...bare, settings: [], settingCount: 0 }),
    });
    expect(policies.map(({ missing }) => missing)).toEqual([['settings'], []]);
  });

  it('joins the file of settings that lies beside a policy', async () => {
    const { settings, ...bare } = GUARD;
    const { policies, unreadable } = await read({
      'SettingsCatalog/Guard.json': JSON.stringify(bare),
      'SettingsCatalog/Guard_Settings.json': JSON.stringify(settings),
      'SettingsCatalog/Lonely_Settings.json': JSON.stringify(settings),
    });
    expect(policies).toMatchObject([{ file: 'SettingsCatalog/Guard.json', settings: 1, missing: [] }]);
    expect(unreadable.map(({ file }) => file)).toEqual(['SettingsCatalog/Lonely_Settings.json']);
  });

  it('compares no administrative template whose values are links', async () => {
    const template = { '@odata.type': '#microsoft.graph.groupPolicyConfiguration', id: 'g', displayName: 'ADMX' };
    const link = "https://graph.microsoft.com/beta/deviceManagement/groupPolicyDefinitions('d')";
    const { policies, unreadable } = await read({
      'AdministrativeTemplates/a.json': JSON.stringify(template),
      'AdministrativeTemplates/a_Settings.json': JSON.stringify([{ enabled: true, 'definition@odata.bind': link }]),
      'b.json': JSON.stringify({ ...template, definitionValues: [{ enabled: true, definition: { id: 'd' } }] }),
    });
    expect(unreadable).toEqual([]);
    expect(policies).toMatchObject([
      { settings: 1, missing: ['definitionValues'] },
      { settings: 1, missing: [] },
    ]);
  });

  it('compares assignments only where the file says them by id', async () => {
    const to = (target: object) => ({ ...GUARD, assignments: [{ target }] });
    const { policies } = await read({
      'a.json': JSON.stringify({ ...GUARD, assignments: [] }),
      'b.json': JSON.stringify(to({ '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId: 'g' })),
      'c.json': JSON.stringify(to({ '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupName: 'All' })),
    });
    expect(policies.map(({ assignmentsComparable }) => assignmentsComparable)).toEqual([true, true, false]);
  });

  it('keeps no secret of a file', async () => {
    const profile = {
      '@odata.type': '#microsoft.graph.windowsWifiConfiguration',
      id: 'w',
      displayName: 'Wi-Fi',
      preSharedKey: 'hunter2',
      assignments: [],
    };
    const { policies } = await read({ 'x.json': JSON.stringify(profile) });
    expect(policies).toMatchObject([{ policy: { secretsMasked: 1 } }]);
    expect(JSON.stringify(policies)).not.toContain('hunter2');
  });
});
