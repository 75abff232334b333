import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { NotificationDto } from '../../../src/modules/notifications/http/notifications.dto.js';
import { RunFeedRepository } from '../../../src/modules/operations/live/run-feed.repository.js';
import type { RunView } from '../../../src/modules/operations/operation-run.service.js';
import { Metrics } from '../../../src/platform/metrics/metrics.js';
import { LiveProcesses, type Follower, type LiveProcess } from './live-processes.js';
import { gate } from './started-engine.js';
import { StreamReader, type StreamedEvent } from './stream-reader.js';

// Real here: API processes on ports, PostgreSQL with its NOTIFY, the engine with a worker, HTTP read as it comes.
// Replaced: the handler's work. No look comes by itself, so what arrives was signalled.

describe('a tenant’s stream', () => {
  let processes: LiveProcesses;
  /** Serves streams. */
  let api: LiveProcess;
  /** Starts and works runs. */
  let other: LiveProcess;
  let operator: Follower;
  let reader: Follower;
  let stranger: Follower;
  let streams: StreamReader[] = [];

  beforeAll(async () => {
    processes = await LiveProcesses.on();
    api = await processes.start();
    other = await processes.start({ worker: true });
    [operator, reader] = (await processes.tenant(api, ['Operator', 'Readonly'])) as [Follower, Follower];
    [stranger] = (await processes.tenant(api)) as [Follower];
  });
  afterEach(async () => {
    await Promise.all(streams.map((stream) => stream.close()));
    streams = [];
  });
  afterAll(() => processes?.close());

  const follow = async (who: Follower, ...more: [lastEventId?: string, headers?: Record<string, string>]) => {
    const stream = await api.follow(who, ...more);
    streams.push(stream);
    return stream;
  };
  const ofRun = (run: { id: string }, status?: RunView['status']) => (event: StreamedEvent) => {
    const view = event.data as RunView;
    return event.name === 'run' && view.id === run.id && (status === undefined || view.status === status);
  };

  it('shows a run in each state while another process works it, as the run’s own address does', async () => {
    const held = gate();
    other.script(async (_, context) => {
      context.progress({ total: 3, processed: 1, success: 1 });
      await held.wait();
      return { stop: 'finished' };
    });
    const stream = await follow(reader);
    const run = await other.start(operator);
    await stream.until(ofRun(run));
    await stream.until(ofRun(run, 'running'));
    await stream.until(
      (event) => ofRun(run, 'running')(event) && (event.data as RunView).summaryCounts.processed === 1,
    );
    held.open();
    const last = await stream.until(ofRun(run, 'completed'));
    expect(last.data).toEqual(await api.detail(reader, run.id));
    expect(last.id).toMatch(/^[0-9a-f]{8}(-\d+)+$/);
  });

  it('begins with what is under way, says that this is all, and is neither kept nor packed on its way', async () => {
    const held = gate();
    other.script(async () => {
      await held.wait();
      return { stop: 'finished' };
    });
    const run = await other.start(operator);
    await held.reached;
    const stream = await follow(reader, undefined, { 'accept-encoding': 'gzip, br' });
    expect((await stream.first()).map(({ name, data }) => [name, data])).toEqual([
      ['run', await api.detail(reader, run.id)],
    ]);
    expect(stream.comments).toEqual(['beat']);
    expect(stream.retryMs).toBeGreaterThan(0);
    expect(Object.fromEntries(stream.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
    expect([...stream.headers.keys()]).toEqual(expect.not.arrayContaining(['content-encoding', 'set-cookie', 'etag']));
    held.open();
    await stream.until(ofRun(run, 'completed'));
  });

  it('tells a note to its owner alone, as the list shows it', async () => {
    other.script(() => Promise.resolve({ stop: 'finished' }));
    const [mine, colleague] = [await follow(operator), await follow(reader)];
    const run = await other.start(operator);
    const isTerminal = ({ name, data }: StreamedEvent): boolean =>
      name === 'notification' &&
      (data as NotificationDto).runId === run.id &&
      (data as NotificationDto).kind === 'terminal';
    await mine.until(isTerminal);
    await colleague.until(ofRun(run, 'completed'));
    const { items } = (await (await api.call(operator, '/notifications')).json()) as { items: NotificationDto[] };
    const told = (mine.named('notification') as NotificationDto[]).filter(({ runId }) => runId === run.id);
    expect(told).toEqual(items.filter(({ runId }) => runId === run.id).reverse());
    expect(told.map(({ kind }) => kind)).toEqual(['queued', 'terminal']);
    expect(colleague.named('notification')).toEqual([]);
  });

  it('shows nothing of another tenant', async () => {
    other.script(() => Promise.resolve({ stop: 'finished' }));
    const [here, there] = [await follow(operator), await follow(stranger)];
    const [ours, theirs] = [await other.start(operator), await other.start(stranger)];
    await here.until(ofRun(ours, 'completed'));
    await there.until(ofRun(theirs, 'completed'));
    const tenants = (stream: StreamReader): string[] => [
      ...new Set(
        [...stream.named('run'), ...stream.named('notification')].map(
          (data) => (data as { tenantId: string }).tenantId,
        ),
      ),
    ];
    expect(tenants(here)).toEqual([operator.tenantId]);
    expect(tenants(there)).toEqual([stranger.tenantId]);
  });

  it('tells an event once to each of fifty, by one read and one listening connection for all', async () => {
    const held = gate();
    other.script(async () => {
      await held.wait();
      return { stop: 'finished' };
    });
    const members = await processes.tenant(api, ['Operator', 'Readonly', 'Manager']);
    const [starter] = members as [Follower];
    const fifty = await Promise.all(Array.from({ length: 50 }, (_, i) => follow(members[i % 3] as Follower)));
    const reads = jest.spyOn(api.get(RunFeedRepository), 'read');
    const runs = await Promise.all(Array.from({ length: 8 }, () => other.start(starter)));
    await Promise.all(fifty.flatMap((stream) => runs.map((run) => stream.until(ofRun(run)))));
    const listening = await processes.db.database.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'tenantatlas-live'`,
    );
    expect(listening).toEqual([{ n: 2 }]);
    held.open();
    await Promise.all(fifty.flatMap((stream) => runs.map((run) => stream.until(ofRun(run, 'completed')))));
    const seen = fifty.map((stream) => stream.named('run').map((data) => JSON.stringify(data)));
    for (const one of seen) expect(one).toEqual(seen[0]);
    // Each read was for a reason, so it told everybody something: reads for one client alone would be fifty times as many.
    expect(reads.mock.calls.length).toBeLessThanOrEqual(seen[0]?.length ?? 0);
    reads.mockRestore();
  });

  it('brings every stream up to date by itself when the listening connection was lost', async () => {
    other.script(() => Promise.resolve({ stop: 'finished' }));
    const [one, two] = [await follow(operator), await follow(stranger)];
    await processes.db.database.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'tenantatlas-live'`,
    );
    const runs = [await other.start(operator), await other.start(stranger)] as const;
    await one.until(ofRun(runs[0], 'completed'));
    await two.until(ofRun(runs[1], 'completed'));
  });

  it('is for signed-in members only, and HEAD ends', async () => {
    const path = `/tenants/${operator.tenantId}/stream`;
    expect((await api.call({ cookie: '' }, path)).status).toBe(401);
    expect((await api.call(stranger, path)).status).toBe(403);
    const head = await api.call(operator, path, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
  });

  it('resumes by the address too, for clients that cannot set the header, which wins', async () => {
    const path = `/tenants/${operator.tenantId}/stream?lastEventId=nonsense`;
    const read = async (headers: Record<string, string>): Promise<unknown[]> => {
      const stream = await StreamReader.open(`${api.url}/api/v1${path}`, { cookie: operator.cookie, ...headers });
      streams.push(stream);
      await stream.until(({ name }) => name === 'beat');
      return stream.named('reset');
    };
    const position = await follow(operator);
    await position.until(({ name }) => name === 'beat');
    expect(await read({})).toEqual([{ reason: 'unknown_position' }]);
    expect(await read({ 'last-event-id': position.lastEventId })).toEqual([]);
  });

  it('has a limit for each user, and room again when one was closed', async () => {
    const [greedy, modest] = (await processes.tenant(api, ['Operator', 'Readonly'])) as [Follower, Follower];
    const twenty = await Promise.all(Array.from({ length: 20 }, () => follow(greedy)));
    const refused = await api.call(greedy, `/tenants/${greedy.tenantId}/stream`);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '30']);
    expect(await refused.json()).toMatchObject({ code: 'stream.too_many' });
    await follow(modest);
    expect(await api.get(Metrics).text()).toContain('\ntenantatlas_live_streams 21\n');
    await twenty[0]?.close();
    for (;;) {
      const answer = await api.call(greedy, `/tenants/${greedy.tenantId}/stream`);
      if (answer.status === 200) {
        await answer.body?.cancel();
        return;
      }
      await answer.text();
    }
  });
});
