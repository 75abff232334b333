import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { simulatedTenants } from './simulated-tenants.js';

describe('the tenants that a start simulates', () => {
  let dir: string;

  beforeEach(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'simulated-tenants-'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  const put = async (file: string, text: string): Promise<void> => {
    await mkdir(path.dirname(path.join(dir, file)), { recursive: true });
    await writeFile(path.join(dir, file), text);
  };
  const policy = JSON.stringify({ '@odata.type': '#microsoft.graph.windows10CompliancePolicy', id: '1' });
  const shown = async (dataDir: string | undefined): Promise<[string, boolean][]> =>
    (await simulatedTenants({ dataDir })).tenants.map(({ name, objects }) => [name, objects.length > 1]);

  it('are the demo tenants when no folder is named, or an empty one', async () => {
    const demo = [
      ['Contoso', true],
      ['Fabrikam', true],
    ];
    expect(await shown(undefined)).toEqual(demo);
    expect(await shown('')).toEqual(demo);
    expect(await shown(dir)).toEqual(demo);
  });

  it('leave Fabrikam its place and its policies when there is one folder', async () => {
    await put('Litware/policy.json', policy);
    expect(await shown(dir)).toEqual([
      ['Litware', false],
      ['Fabrikam', true],
    ]);
  });

  it('take both places in the order of their names', async () => {
    await put('b/policy.json', policy);
    await put('a/policy.json', policy);
    expect(await shown(dir)).toEqual([
      ['a', false],
      ['b', false],
    ]);
  });

  it('go on without a corrupt file, which is named', async () => {
    await put('Litware/policy.json', policy);
    await put('Litware/Compliance/cut off.json', policy.slice(0, 20));
    const { tenants, unreadable } = await simulatedTenants({ dataDir: dir });
    expect(tenants[0]?.objects).toHaveLength(1);
    expect(unreadable).toEqual([
      { file: 'Litware/Compliance/cut off.json', reason: expect.stringContaining('it is no JSON') },
    ]);
  });

  it('has a generated tenant in the first place when one is named', async () => {
    const { tenants } = await simulatedTenants({ demo: 'smb' });
    expect(tenants.map(({ name }) => name)).toEqual([expect.stringContaining('Adatum'), 'Fabrikam']);
    expect(tenants[0]?.objects.length).toBeGreaterThan(100);
  });
});
