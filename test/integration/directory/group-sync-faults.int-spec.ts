import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { RunStopped } from '#libs/run-kit/src/run-processor.js';
import { gone, group, groupId, ScriptedDirectory, type Answer } from './scripted-directory.js';

const GONE: Answer = { status: 410, code: 'resyncRequired' };
const FORBIDDEN: Answer = { status: 403, code: 'Authorization_RequestDenied' };
const ALL = { 1: 'Group 1', 2: 'Group 2', 3: 'Group 3' };

describe('a group sync that is disturbed', () => {
  let directory: ScriptedDirectory;

  beforeAll(async () => {
    directory = await ScriptedDirectory.start();
  });
  beforeEach(async () => {
    await directory.db.database.query('DELETE FROM directory_groups');
    await directory.db.database.query('DELETE FROM directory_group_state');
    await directory.sync([{ entries: [group(1), group(2), group(3)], delta: 'd1' }]);
  });
  afterEach(() => expect(directory.left).toBe(0));
  afterAll(() => directory.close());

  const full = (answers: readonly Answer[]) => directory.sync(answers, { payload: { full: true } });

  describe('by a refusal', () => {
    it.each<[string, Answer[], string]>([
      ['a missing permission', [FORBIDDEN], 'graph.forbidden'],
      ['throttling', Array<Answer>(2).fill({ status: 429, code: 'TooManyRequests' }), 'graph.throttled'],
      ['an outage', Array<Answer>(2).fill({ status: 503, code: 'ServiceUnavailable' }), 'graph.unavailable'],
      [
        'a bad sign-in',
        Array<Answer>(2).fill({ status: 401, code: 'InvalidAuthenticationToken' }),
        'graph.unauthorized',
      ],
    ])('of %s fails with its code and removes nothing', async (_what, refusals, reasonCode) => {
      const run = await full([{ entries: [group(1, { displayName: 'New' })], next: 'p2' }, ...refusals]);
      expect(run).toMatchObject({ outcome: 'failed', reasonCode, context: { reading: 'full', pages: 1, changed: 1 } });
      expect(await directory.present()).toEqual({ ...ALL, 1: 'New' });
    });

    it('goes on afterwards with the page that failed, and removes only at the end of all pages', async () => {
      await full([{ entries: [group(1)], next: 'p2' }, FORBIDDEN]);
      const run = await directory.sync([
        { entries: [group(4)], next: 'p3' },
        { entries: [group(2)], delta: 'd2' },
      ]);
      expect(directory.asked()).toEqual(['p2', 'p3']);
      expect(run).toMatchObject({
        outcome: 'succeeded',
        counts: { total: 3 },
        context: { reading: 'full', cause: 'asked', resumed: true, pages: 3, added: 1, removed: 1 },
      });
      expect(await directory.present()).toEqual({ 1: 'Group 1', 2: 'Group 2', 4: 'Group 4' });
      expect(await directory.row(3)).toMatchObject({ removed_reason: 'not_listed' });
    });
  });

  describe('by a link that ended', () => {
    it.each<[string, Answer]>([
      ['410', GONE],
      ['a state that Graph has forgotten', { status: 400, code: 'syncStateNotFound' }],
      ['a token that Graph cannot read', { status: 400, code: 'BadRequest' }],
    ])('reads all groups again after %s', async (_what, refusal) => {
      const run = await directory.sync([
        refusal,
        { entries: [group(1), group(2)], next: 'p2' },
        { entries: [group(4)], delta: 'd2' },
      ]);
      expect(directory.asked()).toEqual(['d1', 'all', 'p2']);
      expect(run).toMatchObject({ outcome: 'succeeded', context: { reading: 'full', cause: 'link_lost', removed: 1 } });
      expect(await directory.present()).toEqual({ 1: 'Group 1', 2: 'Group 2', 4: 'Group 4' });
    });

    it('begins an interrupted delta anew where the last round ended, before it reads all', async () => {
      await directory.sync([{ entries: [group(4)], next: 'p2' }, FORBIDDEN]);
      const run = await directory.sync([GONE, { entries: [group(4), gone(1)], delta: 'd2' }]);
      expect(directory.asked()).toEqual(['p2', 'd1']);
      expect(run.context).toMatchObject({ reading: 'delta', added: 0, removed: 1 });
    });

    it('begins a full reading anew that ended on the way, without removing what the first one did not name', async () => {
      const run = await full([
        { entries: [group(1)], next: 'p2' },
        GONE,
        { entries: [group(2)], next: 'q2' },
        { entries: [group(3), group(1)], delta: 'd2' },
      ]);
      expect(directory.asked()).toEqual(['all', 'p2', 'all', 'q2']);
      expect(run.context).toMatchObject({ cause: 'link_lost', removed: 0 });
      expect(await directory.present()).toEqual(ALL);
    });

    it('gives up when it goes on so, and when the first address itself is refused', async () => {
      const page: Answer = { entries: [group(1)], next: 'p2' };
      const run = await full([page, GONE, page, GONE, page, GONE, page, GONE]);
      expect(run).toMatchObject({ outcome: 'failed', reasonCode: 'graph.bad_request' });
      expect(await directory.present()).toEqual(ALL);
      await directory.db.database.query('DELETE FROM directory_group_state');
      expect(await directory.sync([{ status: 400, code: 'BadRequest' }])).toMatchObject({ outcome: 'failed' });
      expect(directory.asked()).toEqual(['all']);
    });

    it('reads all groups when the key of the stored links is gone', async () => {
      directory.loseKey();
      const run = await directory.sync([{ entries: [group(1), group(2), group(3)], delta: 'd2' }]);
      expect(directory.asked()).toEqual(['all']);
      expect(run.context).toMatchObject({ cause: 'link_lost', removed: 0 });
    });

    it('reads all groups when this version shows other fields than the stored links are about', async () => {
      await directory.db.database.query(`UPDATE directory_group_state SET fields = 'id'`);
      const run = await directory.sync([{ entries: [group(1), group(2), group(3)], delta: 'd2' }]);
      expect(directory.asked()).toEqual(['all']);
      expect(run.context).toMatchObject({ cause: 'fields_changed' });
    });
  });

  describe('by an answer that cannot be trusted', () => {
    it.each<[string, Answer]>([
      ['neither link', { body: { value: [] } }],
      ['no list', { body: { '@odata.deltaLink': 'x' } }],
      ['an entry without an id', { entries: [group(1), {}], delta: 'd2' }],
    ])('such as %s removes nothing', async (_what, answer) => {
      await directory.db.database.query('DELETE FROM directory_group_state');
      const run = await directory.sync([answer]);
      expect(run).toMatchObject({ outcome: 'failed', reasonCode: 'graph.protocol' });
      expect(await directory.present()).toEqual(ALL);
    });

    it('such as a circle of links ends, and the next sync finds out of it', async () => {
      const circle: Answer[] = [
        { entries: [group(1)], next: 'p2' },
        { entries: [group(2)], next: 'p2' },
      ];
      const run = await full([...circle, ...circle, ...circle, ...circle]);
      expect(run).toMatchObject({ outcome: 'failed', reasonCode: 'graph.protocol' });
      expect(await directory.present()).toEqual(ALL);
      const healed = await directory.sync([
        { status: 400, code: 'BadRequest' },
        { entries: [group(1), group(2)], delta: 'd2' },
      ]);
      expect(healed.context).toMatchObject({ reading: 'full', removed: 1 });
    });

    it('such as a link to another place is not followed', async () => {
      const elsewhere = { value: [group(1)], '@odata.nextLink': 'https://evil.example/v1.0/groups/delta?$token=x' };
      const run = await full([{ body: elsewhere }, { entries: [group(1), group(2), group(3)], delta: 'd2' }]);
      expect(directory.asked()).toEqual(['all', 'all']);
      expect(run).toMatchObject({ outcome: 'succeeded', context: { removed: 0 } });
    });
  });

  describe('by its own end', () => {
    it('a cancelled round is gone on with by the next sync', async () => {
      const stopAtCheck = { check: 3, reason: 'cancelled' } as const;
      const cancelled = await directory.sync(
        [
          { entries: [group(4)], next: 'p2' },
          { entries: [gone(1)], delta: 'd2' },
        ],
        { rehearsal: { stopAtCheck } },
      );
      expect(cancelled.outcome).toBe('cancelled');
      expect(await directory.present()).toEqual({ ...ALL, 4: 'Group 4' });
      const run = await directory.sync([{ entries: [gone(1)], delta: 'd2' }]);
      expect(directory.asked()).toEqual(['p2']);
      expect(run.context).toMatchObject({ reading: 'delta', resumed: true, added: 1, removed: 1 });
    });

    it('a lost lease writes nothing more, and the next attempt goes on', async () => {
      const stopAtCheck = { check: 2, reason: 'lease_lost' } as const;
      const before = await directory.written();
      await expect(
        directory.sync([{ entries: [group(4)], delta: 'd2' }], { rehearsal: { stopAtCheck } }),
      ).rejects.toEqual(new RunStopped('lease_lost'));
      expect(await directory.written()).toBe(before);
      const run = await directory.sync([{ entries: [group(4)], delta: 'd2' }], { rehearsal: { attempt: 2 } });
      expect(directory.asked()).toEqual(['d1']);
      expect(run.context).toMatchObject({ added: 1 });
    });

    it('of two workers on one round only one gets through', async () => {
      const overtake = async (): Promise<void> => {
        await directory.sync([{ entries: [group(5)], delta: 'd2' }]);
      };
      const late = directory.sync([
        { entries: [group(4)], next: 'p2' },
        { entries: [{ id: groupId(1), displayName: 'Late' }], delta: 'late', before: overtake },
      ]);
      expect(await late).toMatchObject({ outcome: 'failed', reasonCode: 'directory.superseded' });
      expect(await directory.present()).toEqual({ ...ALL, 4: 'Group 4', 5: 'Group 5' });
      await directory.sync([{ entries: [], delta: 'd3' }]);
      expect(directory.asked()).toEqual(['d2']);
    });
  });
});
