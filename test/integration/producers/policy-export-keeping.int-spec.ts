import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PolicyExportRepository } from '../../../src/producers/policy-bulk-export/data/policy-export.repository.js';
import { readingOf } from '../drift/synced-inventory.js';
import { catalogPolicy, ExportingApp, json, SETTINGS_CATALOG } from './exporting-app.js';

describe('keeping exported archives', () => {
  let app: ExportingApp;

  const noise = Array.from({ length: 12 }, (_, at) =>
    catalogPolicy(`n-${at}`, `Noise ${at}`, randomBytes(60_000).toString('base64')),
  );

  beforeAll(async () => {
    app = await ExportingApp.start();
    await app.inventory.sync(app.scope, [readingOf(SETTINGS_CATALOG, [catalogPolicy('s-1', 'Quiet'), ...noise])]);
  });
  afterAll(() => app?.close());
  beforeEach(async () => {
    await app.db.database.query('DELETE FROM policy_exports');
  });

  function storedParts(): Promise<{ bytes: number }[]> {
    return app.db.database.query(
      'SELECT octet_length(data) AS bytes FROM policy_export_parts ORDER BY export_id, part',
    );
  }

  it('keeps a large archive in parts, and hands it out whole', async () => {
    const run = await app.export({ q: 'noise' });
    const sizes = (await storedParts()).map(({ bytes }) => bytes);
    expect(sizes.length).toBeGreaterThan(2);
    expect(new Set(sizes.slice(0, -1))).toEqual(new Set([262_144]));
    const { bytes, files } = await app.archiveOf(run);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(run.context.sha256);
    expect(Object.keys(files)).toHaveLength(12);
    expect(files['SettingsCatalog/Noise 7__n-7.json']).toContain(JSON.stringify(noise[7]).slice(-100, -50));
  });

  it('never lets a half-sent archive look whole', async () => {
    const run = await app.export({ q: 'noise' });
    await app.db.database.query('DELETE FROM policy_export_parts WHERE part > 0');
    await expect(app.get('Operator', `/exports/${run.context.exportId}`)).rejects.toThrow('aborted');
  });

  it('hands an archive out again after somebody went away in the middle', async () => {
    const run = await app.export({ q: 'noise' });
    await app.leaveInTheMiddle('Readonly', `/exports/${run.context.exportId}`);
    await expect(app.archiveOf(run)).resolves.toMatchObject({ files: expect.anything() });
  });

  it('is not kept for ever: an expired archive says so, and the next export frees it', async () => {
    const old = await app.export({ q: 'quiet' });
    await app.db.database.query(`UPDATE policy_exports SET expires_at = now() - interval '1 minute'`);
    const gone = await app.get('Operator', `/exports/${old.context.exportId}`);
    expect([gone.status, json<{ code: string }>(gone).code]).toEqual([409, 'policy_export.expired']);
    await expect(storedParts()).resolves.toHaveLength(1);
    await app.export({ policyIds: ['999999'] });
    await expect(storedParts()).resolves.toEqual([]);
    expect((await app.get('Operator', `/exports/${old.context.exportId}`)).status).toBe(409);
    await app.db.database.query(`UPDATE policy_exports SET expires_at = now() - interval '91 days'`);
    await app.export({ policyIds: ['999998'] });
    expect((await app.get('Operator', `/exports/${old.context.exportId}`)).status).toBe(403);
  });

  describe('the archives of a tenant', () => {
    const part = Buffer.from('part');
    const whole = { files: 1, parts: 1, bytes: part.length, sha256: '0'.repeat(64) };
    let archives: PolicyExportRepository;
    beforeAll(() => {
      archives = new PolicyExportRepository(app.db.tenantDatabase);
    });

    async function finished(runId: string): Promise<string> {
      const id = await archives.open(app.scope, runId);
      await archives.append(app.scope, id, 0, part);
      await archives.finish(app.scope, id, whole);
      return id;
    }

    it('are twenty at most: the oldest gives way', async () => {
      const made = [];
      for (let run = 1; run <= 21; run += 1) made.push(await finished(String(run)));
      await archives.removeExpired(app.scope);
      await expect(archives.find(app.scope, made[0] ?? '')).resolves.toMatchObject({ expired: true });
      await expect(archives.find(app.scope, made[1] ?? '')).resolves.toMatchObject({ expired: false });
      await expect(storedParts()).resolves.toHaveLength(20);
    });

    it('are not to be had before they are finished, and not by a worker that lost its run', async () => {
      const lost = await archives.open(app.scope, '7');
      await archives.append(app.scope, lost, 0, part);
      await expect(archives.find(app.scope, lost)).resolves.toBeUndefined();
      const taken = await archives.open(app.scope, '7');
      await expect(archives.append(app.scope, lost, 1, part)).rejects.toThrow('policy_export_parts_export');
      await expect(archives.finish(app.scope, lost, whole)).resolves.toBeUndefined();
      await expect(archives.finish(app.scope, taken, whole)).resolves.toMatchObject({ id: taken });
    });
  });
});
