import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { entryPath, type EntrySubject } from './entry-path.js';

const ID = '7428672e-c524-45ed-b4f8-b818a5815518';

const SUBJECT: EntrySubject = {
  type: 'settingsCatalog',
  odataType: undefined,
  technologies: undefined,
  name: 'A',
  externalId: ID,
};

function pathOf(subject: Partial<EntrySubject>): string {
  return entryPath('intuneManagement', { ...SUBJECT, ...subject });
}

function nameIn(entry: string): string {
  return entry.slice('SettingsCatalog/'.length, entry.lastIndexOf('__'));
}

describe('where a policy lies in an archive', () => {
  it.each([
    ['settingsCatalog', undefined, 'SettingsCatalog'],
    ['deviceConfiguration', '#microsoft.graph.windows10GeneralConfiguration', 'DeviceConfiguration'],
    ['deviceConfiguration', '#microsoft.graph.windowsUpdateForBusinessConfiguration', 'UpdatePolicies'],
    ['deviceConfiguration', '#microsoft.graph.iosUpdateConfiguration', 'UpdatePolicies'],
    ['deviceCompliancePolicy', '#microsoft.graph.windows10CompliancePolicy', 'CompliancePolicies'],
    ['windowsDriverUpdateProfile', undefined, 'DriverUpdateProfiles'],
    ['iosManagedAppProtection', undefined, 'AppProtection'],
    ['androidManagedAppProtection', undefined, 'AppProtection'],
    ['aTypeOfLater', undefined, 'aTypeOfLater'],
  ])('is the folder that peers read: %s %s in %s', (type, odataType, folder) => {
    expect(pathOf({ type, odataType })).toBe(`${folder}/A__${ID}.json`);
  });

  it.each([
    ['WIN - Device Guard - v1.0', 'WIN - Device Guard - v1.0'],
    ['a/b\\c:d*e?f"g<h>i|j', 'a_b_c_d_e_f_g_h_i_j'],
    ['../../etc/passwd', '_.._etc_passwd'],
    ['..', '_'],
    ['. . .', '_'],
    ['', '_'],
    ['ends with dots. . ', 'ends with dots'],
    ['con', '_con'],
    ['LPT1.old', '_LPT1.old'],
    ['console', 'console'],
    ['tab\tand\nline', 'tab_and_line'],
    ['turned \u202egnp.exe', 'turned _gnp.exe'],
    ['Kiosk 👩‍👩‍👧 🚀', 'Kiosk 👩‍👩‍👧 🚀'],
    ['Cafe\u0301', 'Café'],
  ])('keeps what is safe of a name: %j', (name, kept) => {
    expect(nameIn(pathOf({ name }))).toBe(kept);
  });

  it('cuts a long name between characters, never within one', () => {
    const family = '👩‍👩‍👧';
    const kept = nameIn(pathOf({ name: family.repeat(40) }));
    expect(kept).toBe(family.repeat(Math.floor(150 / Buffer.byteLength(family))));
  });

  it.each([
    ['settingsCatalog', undefined, 'mdm,microsoftSense', `Settings Catalog/A_microsoftSense__${ID}.json`],
    [
      'deviceCompliancePolicy',
      '#microsoft.graph.windows10CompliancePolicy',
      undefined,
      `Compliance Policies/Policies/A_windows10CompliancePolicy__${ID}.json`,
    ],
    ['aTypeOfLater', undefined, undefined, `aTypeOfLater/A__${ID}.json`],
  ])('is where IntuneCD looks: %s %s %s', (type, odataType, technologies, path) => {
    expect(entryPath('intuneCd', { ...SUBJECT, type, odataType, technologies })).toBe(path);
  });

  it.each([
    ['settingsCatalog', `deviceManagement/configurationPolicies/A__${ID}.json`],
    ['iosManagedAppProtection', `deviceAppManagement/iosManagedAppProtections/A__${ID}.json`],
    ['../aTypeOfLater', `_aTypeOfLater/A__${ID}.json`],
  ])('is the path of the collection in Graph: %s', (type, path) => {
    expect(entryPath('graph', { ...SUBJECT, type })).toBe(path);
  });

  it('tells two policies of one name apart', () => {
    expect(pathOf({ externalId: 'T_1' })).not.toBe(pathOf({ externalId: 'T_2' }));
  });

  it('stays inside its folder and fits every file system, whatever a policy is called', () => {
    const text = fc.string({ unit: 'binary', maxLength: 300 });
    fc.assert(
      fc.property(text, text, text, (type, name, externalId) => {
        const entry = entryPath('intuneManagement', { ...SUBJECT, type, name, externalId });
        const [folder = '', file = '', ...deeper] = entry.split('/');
        expect(deeper).toEqual([]);
        expect(path.posix.resolve('/archive', entry)).toBe(`/archive/${folder}/${file}`);
        expect(path.win32.resolve('C:\\archive', entry)).toBe(`C:\\archive\\${folder}\\${file}`);
        for (const part of [folder, file]) {
          expect(Buffer.byteLength(part)).toBeLessThanOrEqual(255);
          expect(part).toMatch(/^[^.\s][^\p{Cc}<>:"/\\|?*]*(?<![.\s])$/u);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
