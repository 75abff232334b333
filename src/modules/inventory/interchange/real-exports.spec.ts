import path from 'node:path';
import { expect, it } from '@jest/globals';
import { zipSync } from 'fflate';
import { describeIfShared, SHARED_DIR } from '../../../../test/support/requirements.js';
import { filesOfFolder } from './folder-files.js';
import { IMPORT_LIMITS, type PolicyFiles } from './policy-file.js';
import { readPolicyFiles, type ReadImport } from './read-policy-files.js';
import { filesOfZip } from './zip-files.js';

function folder(name: string): Promise<PolicyFiles> {
  return filesOfFolder(path.join(SHARED_DIR, 'data', name), IMPORT_LIMITS);
}

/** The folder as a person would zip it. */
async function zipped(name: string): Promise<PolicyFiles> {
  const { files } = await folder(name);
  const entries = await Promise.all(files.map(async (file) => [file.path, await file.read()] as const));
  return filesOfZip(Buffer.from(zipSync(Object.fromEntries(entries))), IMPORT_LIMITS);
}

function countsOf({ policies }: ReadImport): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { type } of policies) counts[type.collection.key] = (counts[type.collection.key] ?? 0) + 1;
  return counts;
}

describeIfShared('reading real exports', () => {
  it.each([
    ['openintunebaseline/windows-v3.6', 69, 58],
    ['openintunebaseline/windows-2026-03', 70, undefined],
    ['sample-tenant', 16, 3],
  ])('%s is read whole, with every setting counted', async (name, policies, catalog) => {
    const read = await readPolicyFiles(await folder(name));
    expect(read.unreadable).toEqual([]);
    expect(read.policies).toHaveLength(policies);
    expect(read.policies.filter(({ missing }) => missing.length > 0)).toEqual([]);
    const counted = read.policies.filter(({ type }) => type.collection.key === 'configurationPolicies');
    if (catalog !== undefined) expect(counted).toHaveLength(catalog);
    for (const { settings, policy } of counted) {
      expect(settings).toBeGreaterThan(0);
      expect(Object.values(policy.content.settings).flat()).toHaveLength(settings);
    }
    const hashes = (some: ReadImport) => some.policies.map(({ policy }) => policy.hashes.contentHash).sort();
    expect(hashes(await readPolicyFiles(await zipped(name)))).toEqual(hashes(read));
  });

  it('the sample tenant has one policy of 282 settings, and says whom its policies are for', async () => {
    const read = await readPolicyFiles(await folder('sample-tenant'));
    expect(Math.max(...read.policies.map(({ settings }) => settings))).toBe(282);
    expect(read.policies.every(({ assignmentsComparable }) => assignmentsComparable)).toBe(true);
    expect(countsOf(read)).toEqual({
      androidManagedAppProtections: 1,
      configurationPolicies: 3,
      deviceCompliancePolicies: 4,
      deviceConfigurations: 7,
      iosManagedAppProtections: 1,
    });
  });
});
