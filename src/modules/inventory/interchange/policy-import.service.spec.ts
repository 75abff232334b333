import { describe, expect, it } from '@jest/globals';
import { zipSync } from 'fflate';
import { TenantDatabase, type Database } from '../../../platform/database/database.js';
import { grantTenantScope } from '../../../platform/database/tenant-scope.js';
import { PolicyRepository } from '../data/policy.repository.js';
import { PolicyImportService } from './policy-import.service.js';

/** A tenant that has no policies. */
const EMPTY = { queryAsTenant: () => Promise.resolve([]) } as unknown as Database;
const SCOPE = grantTenantScope('00000000-0000-4000-8000-000000000001');
const ZIP = Buffer.from(zipSync({ 'a.txt': new Uint8Array(1) }));
const BUSY = { code: 'inventory.import_busy', kind: 'too-many', details: { headers: { 'retry-after': '60' } } };

describe('reading archives', () => {
  it('reads two at a time, and takes the next when one is done, well or not', async () => {
    const imports = new PolicyImportService(new PolicyRepository(new TenantDatabase(EMPTY)));
    const ends: ((archive: Buffer) => void)[] = [];
    const report = () => imports.report(SCOPE, () => new Promise((resolve) => ends.push(resolve)));
    const [one, two] = [report(), report()];
    await expect(report()).rejects.toMatchObject(BUSY);
    ends[0]?.(Buffer.from('no zip'));
    await expect(one).rejects.toMatchObject({ code: 'inventory.not_a_zip' });
    const three = report();
    await expect(report()).rejects.toMatchObject(BUSY);
    ends[1]?.(ZIP);
    ends[2]?.(ZIP);
    const nothing = { policies: [], unreadable: [], ignored: 1, onlyInTenant: [] };
    await expect(Promise.all([two, three])).resolves.toEqual([nothing, nothing]);
    await expect(imports.report(SCOPE, () => Promise.resolve(ZIP))).resolves.toEqual(nothing);
  });
});
