import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AuditView } from '../../../src/platform/audit/audit-log.service.js';
import { AuditTrail } from '../../../src/platform/audit/audit-trail.js';
import { SYSTEM } from '../../../src/platform/context/actor.js';
import { grantTenantScope } from '../../../src/platform/database/tenant-scope.js';
import { ChannelsApp, type Member } from '../notifications/channels-app.js';

interface AuditPage {
  items: AuditView[];
  nextCursor: string | null;
}

describe('the audit log API', () => {
  let app: ChannelsApp;
  let manager: Member;
  const log = async (query = '', member = manager): Promise<AuditPage> =>
    (await member.get(`/tenants/${member.tenantId}/audit-log${query}`).expect(200)).body as AuditPage;

  beforeAll(async () => {
    app = await ChannelsApp.start();
    manager = app.contoso.Manager;
  });
  afterAll(() => app?.close());

  it('tells signing in and out and API tokens, with who and from where, in every tenant of the person', async () => {
    const { Operator: operator } = app.contoso;
    await app.db.database.query(`INSERT INTO memberships (tenant_id, user_id, role) VALUES ($1, $2, 'Readonly')`, [
      app.stranger.tenantId,
      operator.userId,
    ]);
    const made = await operator.post('/me/api-tokens', { name: 'CI' }).expect(201);
    const byToken = app
      .anonymous()
      .delete(`/api/v1/me/api-tokens/${made.body.id}`)
      .set('authorization', `Bearer ${made.body.token}`)
      .set('user-agent', 'ci/1.0');
    await byToken.expect(204);
    await operator.post('/auth/logout').expect(204);
    for (const member of [manager, app.stranger]) {
      const { items } = await log(`?actor=${operator.userId}`, member);
      const told = items.map(({ action, subjectName }) => `${action} ${subjectName}`);
      expect(told.slice(0, 3)).toEqual([
        `auth.sign_out ${operator.name}`,
        'api_token.revoke CI',
        'api_token.create CI',
      ]);
      expect(items[1]).toMatchObject({ actorKind: 'user', address: '127.0.0.1', userAgent: 'ci/1.0' });
    }
    expect((await log(`?actor=${operator.userId}&action=auth.sign_in`)).items).toHaveLength(1);
    expect(JSON.stringify((await log()).items)).not.toContain(made.body.token);
  });

  it('writes nothing for a token that is another’s', async () => {
    const before = (await log('?limit=100')).items.length;
    await manager.delete('/me/api-tokens/999999').expect(403);
    expect((await log('?limit=100')).items).toHaveLength(before);
  });

  describe('of many entries', () => {
    let all: AuditView[];
    beforeAll(async () => {
      const trail = app.app.get(AuditTrail);
      const scope = grantTenantScope(manager.tenantId);
      const actor = { kind: 'user', userId: manager.userId, name: manager.name } as const;
      for (let at = 0; at < 30; at += 1) {
        await trail.append(scope, at % 3 === 0 ? SYSTEM : actor, {
          action: at % 2 === 0 ? 'drift.generate.start' : 'backup_set.create',
          subjectType: at % 2 === 0 ? 'operation_run' : 'backup_set',
          subjectId: String(at),
        });
      }
      all = (await log('?limit=100')).items;
    });

    it('pages through every entry once, newest first, while others arrive', async () => {
      const seen: AuditView[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const page: AuditPage = await log(`?limit=7&cursor=${cursor}`);
        seen.push(...page.items);
        cursor = page.nextCursor;
        await app.app.get(AuditTrail).append(grantTenantScope(manager.tenantId), SYSTEM, {
          action: 'late.arrival',
          subjectType: 'thing',
          subjectId: '1',
        });
      }
      expect(seen).toEqual(all);
      expect(all.map(({ at }) => at)).toEqual(
        all
          .map(({ at }) => at)
          .sort()
          .reverse(),
      );
    });

    it.each([
      ['?actor=system', (entry: AuditView) => entry.actorKind === 'system'],
      ['?actor=MANAGER%20of%20Contoso', (entry: AuditView) => entry.actorName === 'Manager of Contoso'],
      ['?action=backup_set.create', (entry: AuditView) => entry.action === 'backup_set.create'],
      ['?action=backup_set.create,auth.sign_in', (entry: AuditView) => /create|sign_in/.test(entry.action)],
      ['?subjectType=operation_run', (entry: AuditView) => entry.subjectType === 'operation_run'],
      [
        '?actor=system&subjectType=backup_set',
        (entry: AuditView) => entry.actorKind === 'system' && entry.subjectType === 'backup_set',
      ],
      ['?action=', () => true],
    ])('narrows by %s', async (query, holds) => {
      const { items } = await log(`${query}&limit=100`);
      const expected = all.filter((entry) => holds(entry) && entry.action !== 'api_token.create');
      const found = items.filter((entry) => entry.action !== 'late.arrival' && entry.action !== 'api_token.create');
      expect(found).toEqual(expected);
      expect(found.length).toBeGreaterThan(0);
    });

    it('narrows by time: from is in it, to is not', async () => {
      const middle = all[10];
      const from = (await log(`?limit=100&from=${middle?.at}`)).items.filter(({ action }) => action !== 'late.arrival');
      const to = (await log(`?limit=100&to=${middle?.at}`)).items;
      expect([...from, ...to]).toEqual(all);
      expect(from.some(({ id }) => id === middle?.id)).toBe(true);
    });

    it.each([
      ['?limit=0', 422],
      ['?from=yesterday', 422],
      ['?to=%2B123456-01-01T00:00:00Z', 422],
      ['?cursor=nonsense', 400],
      ['?unknown=1', 422],
      [`?actor=${'x'.repeat(201)}`, 422],
      [`?action=${Array.from({ length: 51 }, () => 'a').join(',')}`, 422],
    ])('refuses %s', async (query, status) => {
      await manager.get(`/tenants/${manager.tenantId}/audit-log${query}`).expect(status);
    });
  });

  it('finds text in names and ids literally, in any case, and tells what a change made of what', async () => {
    const change = { before: { role: 'Operator' }, after: { role: 'Manager', on: true, left: null } };
    const append = (subjectName: string, subjectId: string, more: object = {}): Promise<void> =>
      app.app.get(AuditTrail).append(grantTenantScope(manager.tenantId), SYSTEM, {
        action: 'member.change_role',
        subjectType: 'member',
        subjectId,
        subjectName,
        ...more,
      });
    // Of letters that no uuid has: the ids of people who signed in are looked through as well.
    await append('Ivy 100%_sure', 'ivy-1', { change });
    await append('Ivy 100 % sure', 'ivy-2');
    const found = async (q: string, member = manager): Promise<string[]> =>
      (await log(`?q=${encodeURIComponent(q)}`, member)).items.map(({ subjectId }) => subjectId);
    expect(await found('iVY 100%_S')).toEqual(['ivy-1']);
    expect(await found('IVY-2')).toEqual(['ivy-2']);
    expect(await found('ivy ')).toEqual(['ivy-2', 'ivy-1']);
    expect(await found('ivy ', app.stranger)).toEqual([]);
    const { items } = await log('?q=ivy-');
    expect(items.map((entry) => entry.change)).toEqual([null, change]);
  });

  it('is for managers and owners of the tenant', async () => {
    const path = `/tenants/${manager.tenantId}/audit-log`;
    await app.contoso.Owner.get(path).expect(200);
    expect((await app.contoso.Readonly.get(path).expect(403)).body.code).toBe('access.role_required');
    expect((await app.stranger.get(path).expect(403)).body.code).toBe('access.denied');
    await app.anonymous().get(`/api/v1${path}`).expect(401);
    const theirs = (await log('', app.stranger)).items;
    const ours = new Set((await log('?limit=100')).items.map(({ id }) => id));
    expect(theirs.filter(({ id }) => ours.has(id))).toEqual([]);
  });
});
