import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunArchiveRepository } from '../../../src/modules/operations/data/run-archive.repository.js';
import type { RunView } from '../../../src/modules/operations/operation-run.service.js';
import { LiveSignals } from '../../../src/platform/live/live-signals.js';
import { eventually } from '../../support/eventually.js';
import { ProbeRun } from '../operations/engine.js';
import { gate, StartedEngine, type Starter } from '../operations/started-engine.js';
import { ops, type } from './ops-terminal.js';

const ESC = '\u001b';
/** What a terminal would obey, and what turns the writing direction. */
const OBEYED = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

describe('ops runs', () => {
  let engine: StartedEngine;
  let contoso: Starter;
  let evil: Starter;
  const runs: Record<'queued' | 'cancelled' | 'evil', RunView> = {} as never;

  beforeAll(async () => {
    engine = await StartedEngine.on({}, { worker: false });
    contoso = engine.first;
    evil = await engine.another();
    await rename(contoso, 'Contoso');
    runs.cancelled = await engine.start(contoso, 'secret-of-the-payload');
    await engine.cancel(runs.cancelled);
    runs.queued = await engine.start(contoso, 'nine');
    await rename(evil, `Evil${ESC}[2J\u009b31m\nCorp`);
    runs.evil = await engine.start(evil, 'ten');
    await engine.db.database.query(
      `UPDATE operation_runs SET subject_name = $2, initiator_name = $3, type = 'probe.other' WHERE id = $1`,
      [runs.evil.id, `${ESC}]0;owned\u0007\u202egnp.exe`, '構成プロファイルの名前がとても長い場合でも、表は崩れない'],
    );
  });

  afterAll(() => engine?.close());

  const rename = (starter: Starter, name: string): Promise<unknown> =>
    engine.db.database.query('UPDATE tenants SET name = $2 WHERE id = $1', [starter.tenant.id, name]);

  const idsIn = (text: string): string[] => (JSON.parse(text) as { id: string }[]).map(({ id }) => id);
  const list = async (...args: string[]): Promise<string[]> =>
    idsIn((await ops(engine, 'runs', '--json', ...args)).text);

  it('lists the runs of all tenants, newest first', async () => {
    const { code, text } = await ops(engine, 'runs');
    expect(code).toBe(0);
    const lines = text.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^RUN +TENANT +WHAT +SUBJECT +STATUS +COUNTS +STARTED BY +CREATED \(UTC\) +WORKED$/);
    expect(lines.slice(1).map((line) => /^ *(\d+)/.exec(line)?.[1])).toEqual([
      runs.evil.id,
      runs.queued.id,
      runs.cancelled.id,
    ]);
    expect(lines[2]).toMatch(/Contoso +Probe +Probe nine +Queued +- +User \w+ +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d +-$/);
    expect(lines[3]).toMatch(/ Cancelled /);
  });

  it('gives a terminal nothing to obey, whatever a name holds', async () => {
    for (const args of [['runs'], ['run', runs.evil.id], ['runs', '--json'], ['run', runs.evil.id, '--json']]) {
      const { text } = await ops(engine, ...args);
      expect(text).toContain('owned');
      expect(text).not.toMatch(OBEYED);
    }
    const { text } = await ops(engine, 'runs');
    expect(text).toContain('Evil�[2J�31m�Corp');
    expect(text).toContain('�]0;owned��gnp.exe');
  });

  it('keeps names whole in JSON', async () => {
    const { text } = await ops(engine, 'runs', '--json', '--limit', '1');
    expect(JSON.parse(text)).toMatchObject([
      {
        id: runs.evil.id,
        tenant: { name: `Evil${ESC}[2J\u009b31m\nCorp` },
        subject: `${ESC}]0;owned\u0007\u202egnp.exe`,
      },
    ]);
  });

  it('narrows the list to a tenant, a status, a type, a number', async () => {
    expect(await list('--tenant', 'contoso')).toEqual([runs.queued.id, runs.cancelled.id]);
    expect(await list('--tenant', evil.tenant.id.toUpperCase())).toEqual([runs.evil.id]);
    expect(await list('--status', 'active')).toEqual([runs.evil.id, runs.queued.id]);
    expect(await list('--status', 'Cancelled', '--status', 'failed')).toEqual([runs.cancelled.id]);
    expect(await list('--status', 'running,succeeded')).toEqual([]);
    expect(await list('--type', 'probe.other')).toEqual([runs.evil.id]);
    expect(await list('--type', ProbeRun.kind, '--limit', '1')).toEqual([runs.queued.id]);
    expect(await list('--tenant', 'Contoso', '--status', 'queued', '--type', ProbeRun.kind)).toEqual([runs.queued.id]);
    expect((await ops(engine, 'runs', '--status', 'failed')).text).toBe('No run matches.\n');
  });

  it.each([
    [['runs', '--tenant', `no${ESC}body`], 'There is no tenant "no�body".'],
    [['runs', '--status', 'lost'], '"lost" is no status; there are active, queued, running, succeeded,'],
    [['run', '987654321'], 'There is no run 987654321.'],
  ])('says what it cannot find: %j', async (args, sentence) => {
    const { code, text } = await ops(engine, ...args);
    expect(code).toBe(2);
    expect(text).toContain(sentence);
    expect(text.trimEnd().split('\n')).toHaveLength(1);
  });

  it('asks for the id where tenants share a name', async () => {
    const twin = await engine.another();
    await rename(twin, 'CONTOSO');
    const { code, text } = await ops(engine, 'runs', '--tenant', 'Contoso');
    expect(code).toBe(2);
    for (const { tenant } of [contoso, twin]) expect(text).toContain(tenant.id);
    await rename(twin, 'Twin');
  });

  it('shows one run with its history, and never what it was given', async () => {
    const { code, text } = await ops(engine, 'run', runs.cancelled.id);
    expect(code).toBe(0);
    expect(text).toMatch(new RegExp(`^Run ${runs.cancelled.id}\n +Tenant +Contoso \\(${contoso.tenant.id}\\)\n`));
    expect(text).toMatch(/\n +What +Probe \(probe\.work\)\n/);
    expect(text).toMatch(/\n +Status +Cancelled\n/);
    expect(text).toMatch(/History \(UTC\)\n +\S+ \S+ {2}queued\n[^]* completed \(outcome cancelled\)\n$/);
    const { text: json } = await ops(engine, 'run', runs.cancelled.id, '--json');
    expect(JSON.parse(json)).not.toHaveProperty('context');
    expect(JSON.parse(json)).not.toHaveProperty('payload');
    expect(JSON.parse(json)).toMatchObject({ id: runs.cancelled.id, history: expect.arrayContaining([]) });
  });

  it('shows an archived run too', async () => {
    const run = await engine.start();
    await engine.cancel(run);
    const archive = engine.context.get(RunArchiveRepository, { strict: false });
    expect(await archive.moveOld(0, 500)).toBeGreaterThan(0);
    expect(await list()).not.toContain(run.id);
    expect(await ops(engine, 'run', run.id)).toMatchObject({ code: 0, text: expect.stringContaining('completed') });
  });
});

describe('ops run --follow', () => {
  let engine: StartedEngine;

  beforeAll(async () => {
    engine = await StartedEngine.on({}, { worker: true });
  });

  afterAll(() => engine?.close());

  it('writes a line for each change where nobody looks, and ends with the run', async () => {
    const half = gate();
    engine.follow(async (_, context) => {
      context.progress({ total: 4, processed: 2, success: 2 });
      await half.wait(context.signal);
      for (const itemId of ['a', 'b', 'c', 'd']) context.item({ itemId, kind: 'thing', result: 'success' });
      return { stop: 'finished' };
    });
    const run = await engine.start();
    const typed = type(engine, ['run', run.id, '--follow']);
    await eventually(() => Promise.resolve(typed.text().includes('50 %') || undefined));
    half.open();
    expect(await typed.ended).toBe(0);
    const lines = typed.text().trimEnd().split('\n');
    expect(lines[0]).toMatch(new RegExp(`^Run ${run.id} {2}Probe: Probe 1 {2}Tenant `));
    expect(lines).toContainEqual(expect.stringMatching(/^\S+ \S+ {2}Running {2}50 % {2}2 of 4/));
    expect(lines.at(-2)).toMatch(/ {2}Succeeded {2}100 % {2}4 of 4$/);
    expect(lines.at(-1)).toMatch(/^Worked for \d+ s\.$/);
    expect(typed.text()).not.toContain(ESC);
  });

  it('draws one bar again and again for a person, and gives the cursor back', async () => {
    const half = gate();
    engine.follow(async (_, context) => {
      context.progress({ total: 10, processed: 5, success: 4, failed: 1 });
      await half.wait(context.signal);
      context.item({ itemId: 'a', kind: 'thing', result: 'success' });
      context.item({ itemId: 'b', kind: 'thing', result: 'failed', reasonCode: 'probe.refused' });
      return { stop: 'finished' };
    });
    const run = await engine.start();
    const typed = type(engine, ['run', run.id, '-f'], { interactive: true });
    await eventually(() => Promise.resolve(typed.text().includes('50 %') || undefined));
    half.open();
    expect(await typed.ended).toBe(1);
    expect(typed.text()).toContain(`\r${ESC}[2K${'█'.repeat(16)}${'░'.repeat(16)}  Running  50 %  5 of 10, 1 failed`);
    expect(typed.text()).toContain(`${'█'.repeat(32)}  Partially succeeded  100 %  2 of 2, 1 failed\n${ESC}[?25h`);
    expect(typed.text()).toMatch(/Failures\n {2}1 x probe\.refused: The probe refused this item\. Use another\.\n$/);
  });

  it('hears of a change at once, and does not need to', async () => {
    const held = gate();
    engine.follow(async (_, context) => {
      await held.wait(context.signal);
      return { stop: 'finished' };
    });
    const run = await engine.start();
    await engine.until(run, 'running');
    const deaf = silence(engine);
    const typed = type(engine, ['run', run.id, '--follow', '--json']);
    await eventually(() => Promise.resolve(typed.text().includes('"bucket":"Running"') || undefined));
    held.open();
    expect(await typed.ended).toBe(0); // by looking now and then: nobody told it
    deaf.end();
    const told = typed
      .text()
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as RunView).bucket);
    expect(told).toEqual(['Running', 'Succeeded']);
  });

  it('leaves quietly at Ctrl-C, and leaves the run alone', async () => {
    const held = gate();
    engine.follow(async (_, context) => {
      await held.wait(context.signal);
      return { stop: 'finished' };
    });
    const run = await engine.start();
    await engine.until(run, 'running');
    const typed = type(engine, ['run', run.id, '--follow']);
    await eventually(() => Promise.resolve(typed.text().includes('Running') || undefined));
    typed.pressCtrlC();
    expect(await typed.ended).toBe(130);
    expect(typed.text().trimEnd().split('\n')).toHaveLength(2);
    expect(await engine.find(run)).toMatchObject({ status: 'running', cancelRequestedAt: null });
    held.open();
    await engine.until(run, 'completed');
  });

  it('answers at once for a run that has ended', async () => {
    engine.follow(() => Promise.resolve({ stop: 'aborted', reasonCode: 'probe.refused' }));
    const run = await engine.start();
    await engine.until(run, 'completed');
    const { code, text } = await ops(engine, 'run', run.id, '--follow');
    expect(code).toBe(1);
    expect(text).toMatch(/Failed[^]*Failures\n {2}1 x probe\.refused/);
  });
});

/** Swallows the signals of the engine, as a database that is busy elsewhere may. */
function silence(engine: StartedEngine): { end(): void } {
  const signals = engine.context.get(LiveSignals, { strict: false });
  const send = signals.send.bind(signals);
  signals.send = () => undefined;
  return { end: () => void (signals.send = send) };
}
