import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { aTenant } from '../../support/builders.js';
import { gone, group, groupId, ScriptedDirectory } from './scripted-directory.js';

describe('a group sync', () => {
  let directory: ScriptedDirectory;

  beforeAll(async () => {
    directory = await ScriptedDirectory.start();
  });
  beforeEach(async () => {
    await directory.db.database.query('DELETE FROM directory_groups');
    await directory.db.database.query('DELETE FROM directory_group_state');
  });
  afterEach(() => expect(directory.left).toBe(0));
  afterAll(() => directory.close());

  /** Groups 1 to 3, read to the end; the next delta begins at `d1`. */
  const first = () => directory.sync([{ entries: [group(1), group(2), group(3)], delta: 'd1' }]);

  it('reads all groups first, over pages that repeat groups', async () => {
    const run = await directory.sync([
      { entries: [group(1), group(2)], next: 'p2' },
      { entries: [], next: 'p3' },
      { entries: [group(2, { displayName: 'Renamed' }), group(3), gone(1)], delta: 'd1' },
    ]);
    expect(run).toMatchObject({
      outcome: 'succeeded',
      counts: { total: 5, processed: 5, success: 5, failed: 0 },
      context: { reading: 'full', cause: 'first', resumed: false, pages: 3, added: 3, changed: 1, removed: 1 },
    });
    expect(directory.asked()).toEqual(['all', 'p2', 'p3']);
    expect(await directory.present()).toEqual({ 2: 'Renamed', 3: 'Group 3' });
  });

  it('then asks what has changed, and takes it over property by property', async () => {
    await first();
    const run = await directory.sync([
      { entries: [{ id: groupId(1), displayName: 'Sales', membershipRule: 'user.department -eq "Sales"' }], next: 'p' },
      { entries: [group(4), { id: groupId(1), groupTypes: ['DynamicMembership'] }], delta: 'd2' },
    ]);
    expect(directory.asked()).toEqual(['d1', 'p']);
    expect(run.context).toMatchObject({ reading: 'delta', pages: 2, added: 1, changed: 2, removed: 0 });
    expect(await directory.present()).toEqual({ 1: 'Sales', 2: 'Group 2', 3: 'Group 3', 4: 'Group 4' });
    expect(await directory.groups.find(directory.tenant.scope, groupId(1))).toMatchObject({
      kinds: ['security', 'dynamic'],
      membership_rule: 'user.department -eq "Sales"',
    });
    await directory.sync([{ entries: [], delta: 'd3' }]);
    expect(directory.asked()).toEqual(['d2']);
  });

  it('writes no group when nothing has changed, and none that a replay repeats', async () => {
    await first();
    const before = await directory.written();
    const quiet = await directory.sync([{ entries: [], delta: 'd2' }]);
    expect(quiet).toMatchObject({ outcome: 'succeeded', counts: { total: 0 } });
    const replay = await directory.sync([{ entries: [group(1), group(2), group(3)], delta: 'd3' }]);
    expect(replay.context).toMatchObject({ added: 0, changed: 0, removed: 0 });
    expect(await directory.written()).toBe(before);
  });

  it('keeps removed groups with the reason and their last name, and takes them back', async () => {
    await first();
    const run = await directory.sync([{ entries: [gone(1, 'changed'), gone(2), gone(9)], delta: 'd2' }]);
    expect(run.context).toMatchObject({ removed: 2 });
    expect(await directory.present()).toEqual({ 3: 'Group 3' });
    expect(await directory.row(1)).toMatchObject({ removed_reason: 'soft_deleted', display_name: 'Group 1' });
    expect(await directory.row(2)).toMatchObject({ removed_reason: 'deleted' });
    expect(await directory.row(9)).toBeUndefined();
    const back = await directory.sync([{ entries: [group(1)], delta: 'd3' }]);
    expect(back.context).toMatchObject({ returned: 1, added: 0 });
    expect(await directory.row(1)).toMatchObject({ removed_at: null, removed_reason: null });
  });

  it('reads all groups again when asked to, and removes what is not named any more', async () => {
    await first();
    const run = await directory.sync(
      [
        { entries: [group(1)], next: 'p2' },
        { entries: [group(3)], delta: 'd9' },
      ],
      { payload: { full: true } },
    );
    expect(directory.asked()).toEqual(['all', 'p2']);
    expect(run.context).toMatchObject({ reading: 'full', cause: 'asked', changed: 0, removed: 1 });
    expect(await directory.row(2)).toMatchObject({ removed_reason: 'not_listed' });
    await directory.sync([{ entries: [], delta: 'd10' }]);
    expect(directory.asked()).toEqual(['d9']);
  });

  it('reads all groups anew, in the same run, when what changed does not name a new group whole', async () => {
    await first();
    const run = await directory.sync([
      { entries: [{ id: groupId(4), description: 'who am I?' }], delta: 'd2' },
      { entries: [group(1), group(2), group(3), group(4)], delta: 'd3' },
    ]);
    expect(directory.asked()).toEqual(['d1', 'all']);
    expect(run.context).toMatchObject({ reading: 'full', cause: 'unclear' });
    expect(await directory.present()).toMatchObject({ 4: 'Group 4' });
  });

  it('keeps tenants apart: each has its own groups and its own round', async () => {
    await first();
    const other = await aTenant(directory.db.database);
    const run = await directory.sync([{ entries: [group(1, { displayName: 'Theirs' })], delta: 'o1' }], {
      tenant: other,
    });
    expect(directory.asked()).toEqual(['all']);
    expect(run.context).toMatchObject({ cause: 'first', added: 1, removed: 0 });
    expect(await directory.present(other)).toEqual({ 1: 'Theirs' });
    expect(await directory.present()).toEqual({ 1: 'Group 1', 2: 'Group 2', 3: 'Group 3' });
    const names = await directory.facade.groupsById(other.scope, [groupId(1), groupId(2), 'nonsense']);
    expect([...names.values()].map(({ displayName }) => displayName)).toEqual(['Theirs']);
  });

  it('shows neither link anywhere: not in the database, not in the run', async () => {
    const run = await directory.sync([
      { entries: [group(1)], next: 'tokenofpage' },
      { status: 403, code: 'Authorization_RequestDenied' },
    ]);
    const rows = await directory.db.database.query(
      `SELECT s.*, encode(next_link, 'escape') AS next_text FROM directory_group_state s`,
    );
    expect(rows).toHaveLength(1);
    for (const shown of [rows, run]) expect(JSON.stringify(shown)).not.toContain('tokenofpage');
    await directory.sync([{ entries: [group(1)], delta: 'tokenofdelta' }]);
    const [state] = await directory.db.database.query<{ delta_link: Buffer }>(
      'SELECT delta_link FROM directory_group_state',
    );
    expect(state?.delta_link.toString('latin1')).not.toContain('tokenofdelta');
  });
});
