import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GroupRepository } from '../../../src/modules/directory/data/group.repository.js';
import type { CachedGroup } from '../../../src/modules/directory/group.js';
import type { GroupDto } from '../../../src/modules/directory/http/directory.dto.js';
import { NO_GROUPS } from '../../../src/modules/directory/sync/merge-groups.js';
import type { TenantScope } from '../../../src/platform/database/tenant-scope.js';
import { DirectoryApp } from './directory-app.js';
import { groupId } from './scripted-directory.js';

const NAMES = ['alpha', 'Beta', 'beta', 'Gamma & Söhne', "O'Brien 100%", 'delta_1', 'Übung', 'zeta'];

function named(n: number, displayName: string | null, given: Partial<CachedGroup> = {}): CachedGroup {
  const facts = { description: null, mail: null, kinds: ['security'] as const, membershipRule: null, removed: null };
  return { id: groupId(n), displayName, ...facts, ...given };
}

describe('the API of the group cache', () => {
  let directory: DirectoryApp;

  const store = (scope: TenantScope, write: CachedGroup[], gone: number[] = []): Promise<void> => {
    const groups = new GroupRepository(directory.db.tenantDatabase);
    const remove = gone.map((n) => ({ id: groupId(n), reason: 'deleted' as const }));
    return groups.apply(scope, { write, remove, unchanged: [], counts: NO_GROUPS }, { number: 1, full: true });
  };
  const listed = async (query: object = {}): Promise<GroupDto[]> => {
    const found: GroupDto[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body } = await directory
        .call('get')
        .query({ ...query, cursor })
        .expect(200);
      found.push(...(body.items as GroupDto[]));
      cursor = body.nextCursor as string | null;
    }
    return found;
  };
  const numbers = async (query: object): Promise<number[]> =>
    (await listed(query)).map(({ id }) => Number(id.slice(-12)));

  beforeAll(async () => {
    directory = await DirectoryApp.start();
    await store(
      directory.contoso.scope,
      NAMES.map((name, index) => named(index + 1, name)),
    );
    await store(directory.contoso.scope, [
      named(20, 'Mail', { kinds: ['microsoft365', 'mail_enabled'], mail: 'Team.Sales@contoso.example' }),
      named(21, 'Rule', { kinds: ['security', 'dynamic'], membershipRule: 'user.city -eq "Ulm"', description: 'x' }),
      named(22, null),
      named(23, 'Gone'),
    ]);
    await store(directory.contoso.scope, [], [23]);
    await store(directory.fabrikam.scope, [named(1, 'theirs'), named(77, 'secret of Fabrikam')]);
  });
  afterAll(() => directory.close());

  it('pages by name in any case, each group once', async () => {
    const all = await listed({ limit: 100 });
    expect(all).toHaveLength(NAMES.length + 3);
    expect(await listed({ limit: 2 })).toEqual(all);
    const names = all.map(({ displayName }) => displayName);
    expect(names.indexOf('alpha')).toBeLessThan(names.indexOf('Beta'));
    expect(Math.abs(names.indexOf('Beta') - names.indexOf('beta'))).toBe(1);
    expect(names.indexOf('Übung')).toBe(names.indexOf('zeta') - 1);
  });

  it('names several groups at once, and only those it knows of this tenant', async () => {
    const ids = [groupId(2), groupId(23), groupId(77), groupId(99)].join(',').toUpperCase();
    expect(await numbers({ ids })).toEqual([2]);
    expect((await numbers({ ids, includeRemoved: 'true' })).sort((one, other) => one - other)).toEqual([2, 23]);
    expect(await numbers({ ids, q: 'alpha' })).toEqual([]);
    expect(await numbers({ ids: '' })).toEqual([]);
    const many = Array.from({ length: 101 }, (_, at) => groupId(at + 1)).join(',');
    const { body } = await directory.call('get').query({ ids: many }).expect(422);
    expect(body).toMatchObject({ errors: [{ field: 'ids' }] });
  });

  it('finds by a part of name or mail, taken literally, and by a whole id', async () => {
    expect(await numbers({ q: 'ETA' })).toEqual([2, 3, 8]);
    expect(await numbers({ q: ' team.sales@CONTOSO ' })).toEqual([20]);
    for (const [q, found] of [
      ['%', [5]],
      ['_', [6]],
      ["o'b", [5]],
      ['& s', [4]],
      ['ü', [7]],
      ['\\', []],
      ['alpha\nx', []],
    ] as const)
      expect([q, await numbers({ q })]).toEqual([q, found]);
    expect(await numbers({ q: groupId(21).toUpperCase() })).toEqual([21]);
    expect(await numbers({ q: groupId(77) })).toEqual([]);
  });

  it('filters by kind, any of several, and shows removed groups only when asked', async () => {
    expect(await numbers({ kind: 'dynamic' })).toEqual([21]);
    expect(await numbers({ kind: 'dynamic,microsoft365' })).toEqual([20, 21]);
    expect(await numbers({ q: 'gone' })).toEqual([]);
    const [gone] = await listed({ q: 'gone', includeRemoved: 'true' });
    expect(gone).toMatchObject({ displayName: 'Gone', removedReason: 'deleted', removedAt: expect.any(String) });
  });

  it('shows one group, and answers an unknown or foreign one alike', async () => {
    const { body } = await directory.call('get', `/${groupId(21)}`).expect(200);
    expect(body).toMatchObject({
      id: groupId(21),
      displayName: 'Rule',
      description: 'x',
      kinds: ['security', 'dynamic'],
      membershipRule: 'user.city -eq "Ulm"',
      removedAt: null,
      seenAt: expect.any(String),
    });
    for (const id of [groupId(77), groupId(999), 'nonsense', '1']) {
      const answer = await directory.call('get', `/${id}`).expect(403);
      expect(answer.body).toMatchObject({ code: 'access.denied' });
    }
  });

  it.each([{ kind: 'nonsense' }, { limit: 0 }, { includeRemoved: 'maybe' }, { search: 'x' }, { cursor: 'nonsense' }])(
    'refuses %j with the field',
    async (query) => {
      const { status, body } = await directory.call('get').query(query);
      expect([400, 422]).toContain(status);
      expect(body.errors[0].field).toBe(Object.keys(query)[0]);
    },
  );

  describe('of the cache as a whole', () => {
    const state = async () => (await directory.call('get', '/state').expect(200)).body as Record<string, unknown>;

    it('says that it is empty before the first sync has come to its end', async () => {
      expect(await state()).toMatchObject({
        groups: NAMES.length + 3,
        removedGroups: 1,
        asOf: null,
        age: null,
        helperText: expect.stringContaining('empty'),
        reading: false,
        lastSync: null,
      });
    });

    it('says how old it is, from the beginning of the newest reading that came to its end', async () => {
      await directory.db.database.query(
        `INSERT INTO directory_group_state (tenant_id, round, last_full_at, last_delta_at, round_kind, round_started_at)
         VALUES ($1, 3, now() - interval '9 days', now() - interval '3 hours 5 minutes', 'delta', now())`,
        [directory.contoso.id],
      );
      expect(await state()).toMatchObject({
        age: '3 hours',
        helperText: 'Groups come from the directory cache, which is 3 hours old.',
        lastFullAt: expect.any(String),
        reading: true,
      });
    });

    it('says how the last sync ended', async () => {
      const { body } = await directory.call('post', '/sync').send({}).expect(202);
      await directory.db.database.query(
        `UPDATE operation_runs SET status = 'completed', outcome = 'failed', completed_at = now(),
           failure_summary = '[{"code":"graph.forbidden","message":"Refused.","count":1}]' WHERE id = $1`,
        [body.run.id],
      );
      expect((await state())['lastSync']).toMatchObject({
        runId: body.run.id,
        outcome: 'failed',
        reasonCode: 'graph.forbidden',
        reason: 'Refused.',
      });
    });
  });

  describe('to those who may', () => {
    it('starts one sync at a time, says who started it, and a full one beside it', async () => {
      const first = await directory.call('post', '/sync').send({}).expect(202);
      expect(first.body).toMatchObject({ created: true, run: { type: 'directory_groups.sync' } });
      expect(first.headers['location']).toBe(first.body.links.self);
      const second = await directory.call('post', '/sync', { role: 'Owner' }).send({ full: false }).expect(202);
      expect(second.body).toMatchObject({ created: false, run: { id: first.body.run.id } });
      const full = await directory.call('post', '/sync').send({ full: true }).expect(202);
      expect(full.body.created).toBe(true);
      const entries = await directory.db.database.query<{ actor_name: string }>(
        `SELECT actor_name FROM audit_entries WHERE tenant_id = $1 AND subject_id = $2`,
        [directory.contoso.id, first.body.run.id],
      );
      expect(entries).toEqual([{ actor_name: 'Operator of contoso' }]);
    });

    it('lets Readonly read and start nothing', async () => {
      for (const path of ['', '/state', '/live/state', `/${groupId(1)}`]) {
        await directory.call('get', path, { role: 'Readonly' }).expect(200);
      }
      const { body } = await directory.call('post', '/sync', { role: 'Readonly' }).send({}).expect(403);
      expect(body).toMatchObject({ code: 'access.role_required', requiredRole: 'Operator' });
    });

    it('answers a member of another tenant as it answers for a tenant that does not exist', async () => {
      for (const tenant of [directory.contoso.id, '99999999-9999-4999-8999-999999999999']) {
        const given = { tenant, email: 'Owner@fabrikam.example' };
        for (const path of ['', '/state', '/live/state', '/live?search=sales', `/${groupId(1)}`]) {
          expect((await directory.call('get', path, given).expect(403)).body).toMatchObject({ code: 'access.denied' });
        }
        await directory.call('post', '/sync', given).send({}).expect(403);
      }
      const own = await directory.call('get', `/${groupId(1)}`, {
        tenant: directory.fabrikam.id,
        email: 'Owner@fabrikam.example',
      });
      expect(own.body).toMatchObject({ displayName: 'theirs' });
      await directory.call('get', '', { email: null }).expect(401);
    });

    it('holds its tables to their tenant even where a statement names none', async () => {
      for (const table of ['directory_groups', 'directory_group_state']) {
        const rows = await directory.db.tenantDatabase.query<{ tenant_id: string }>(
          directory.contoso.scope,
          `SELECT DISTINCT tenant_id FROM ${table} WHERE $1::uuid IS NOT NULL`,
        );
        expect(rows).toEqual([{ tenant_id: directory.contoso.id }]);
      }
    });
  });
});
