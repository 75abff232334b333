import { once } from 'node:events';
import net, { type Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { MembershipLookup } from '../../../src/platform/access/membership-lookup.js';
import { AccessChanges } from '../../../src/platform/live/access-changes.js';
import { LiveStreams } from '../../../src/platform/live/live-streams.js';
import { Metrics } from '../../../src/platform/metrics/metrics.js';
import { LiveProcesses, type Follower, type LiveProcess } from './live-processes.js';
import { gate } from './started-engine.js';
import type { StreamReader } from './stream-reader.js';

// Real here: API processes on ports, PostgreSQL with its NOTIFY, sessions, tokens and memberships, HTTP read as it comes.

describe('a stream ends', () => {
  let processes: LiveProcesses;
  let api: LiveProcess;
  let other: LiveProcess;

  beforeAll(async () => {
    processes = await LiveProcesses.on();
    api = await processes.start();
    other = await processes.start();
  });
  afterAll(() => processes?.close());

  const two = async (): Promise<[Follower, Follower]> =>
    (await processes.tenant(api, ['Operator', 'Readonly'])) as [Follower, Follower];
  const expelled = async ({ tenantId, userId }: Follower): Promise<void> => {
    await processes.db.database.query('DELETE FROM memberships WHERE tenant_id = $1 AND user_id = $2', [
      tenantId,
      userId,
    ]);
  };
  /** Ended by the server, between two frames. */
  const expectEnd = async (stream: StreamReader): Promise<void> =>
    expect(await stream.ended).toEqual({ clean: true, rest: '' });

  it('at once when another process tells that the membership has ended, and nobody else’s', async () => {
    const [former, colleague] = await two();
    const [theirs, others] = [await api.follow(former), await api.follow(colleague)];
    await expelled(former);
    other.get(AccessChanges).changed(former.userId);
    other.get(AccessChanges).changed(colleague.userId);
    await expectEnd(theirs);
    other.get(AccessChanges).changed(colleague.userId);
    const again = await api.follow(colleague);
    await again.until(({ name }) => name === 'beat');
    expect(others.events.at(-1)?.name).toBe('beat');
    await Promise.all([again.close(), others.close()]);
    expect((await others.ended).clean).toBe(false); // it was this test that closed it
  });

  it('when a look finds that the membership, the session or the token has ended, and of that session alone', async () => {
    const watchful = await processes.start({ timings: { recheckMs: 100 } });
    const [former, leaver] = await two();
    const [user] = await processes.tenant(watchful);
    if (!user) throw new Error('There is no user.');
    const elsewhere = { ...leaver, cookie: await processes.signIn(watchful, leaver.email) };
    const made = await watchful.call(user, '/me/api-tokens', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'stream' }),
    });
    const { id, token } = (await made.json()) as { id: string; token: string };
    const streams = {
      former: await watchful.follow(former),
      leaver: await watchful.follow(leaver),
      elsewhere: await watchful.follow(elsewhere),
      token: await watchful.follow({ ...user, cookie: '' }, undefined, { authorization: `Bearer ${token}` }),
    };
    await expelled(former);
    await expectEnd(streams.former);
    expect((await watchful.call(leaver, '/auth/logout', { method: 'POST' })).status).toBe(204);
    await expectEnd(streams.leaver);
    expect((await watchful.call(user, `/me/api-tokens/${id}`, { method: 'DELETE' })).status).toBe(204);
    await expectEnd(streams.token);
    await streams.elsewhere.close();
    expect((await streams.elsewhere.ended).clean).toBe(false); // still open until the test closed it
  });

  it('when its process is about to stop, and so do those that come until its port is closed', async () => {
    const stopping = await processes.start();
    const [one, another] = await two();
    const streams = [await stopping.follow(one), await stopping.follow(another), await stopping.follow(one)];
    await Promise.all(streams.map((stream) => stream.until(({ name }) => name === 'beat')));
    stopping.get(LiveStreams).beforeApplicationShutdown();
    for (const stream of streams) await expectEnd(stream);
    const late = await stopping.follow(one);
    await expectEnd(late);
    expect(late.retryMs).toBeGreaterThan(0);
    await stopping.follow(another).then(expectEnd);
    await processes.stop(stopping);
    await expect(stopping.call(one, `/tenants/${one.tenantId}/stream`)).rejects.toThrow();
  });

  it('with a process that stops while clients hold streams open', async () => {
    const stopping = await processes.start();
    const [member] = await two();
    const streams = await Promise.all(Array.from({ length: 5 }, () => stopping.follow(member)));
    await processes.stop(stopping);
    for (const stream of streams) await expectEnd(stream);
  });

  describe('for its process, too,', () => {
    let asked: LiveProcess;
    let member: Follower;

    beforeEach(async () => {
      asked = await processes.start();
      [member] = await two();
    });

    /** Asks `times` for the stream at once, on a connection of its own; `served` is the process's end of it. */
    const ask = async (times: number): Promise<{ client: Socket; served: Socket }> => {
      const { hostname, port } = new URL(asked.url);
      const connected = once(asked.app.getHttpServer(), 'connection') as Promise<[Socket]>;
      const client = net.connect(Number(port), hostname);
      const request = `GET /api/v1/tenants/${member.tenantId}/stream HTTP/1.1\r\nHost: a\r\nCookie: ${member.cookie}\r\n\r\n`;
      client.write(request.repeat(times));
      const [served] = await connected;
      return { client, served };
    };
    const leave = async ({ client, served }: { client: Socket; served: Socket }): Promise<void> => {
      // A client that has not read all says no good-bye: to the process that is an error, before the close.
      const left = new Promise<void>((resolve) => served.once('close', () => resolve()));
      client.destroy();
      await left;
    };
    const expectOpen = async (streams: number): Promise<void> =>
      expect(await asked.get(Metrics).text()).toContain(`\ntenantatlas_live_streams ${streams}\n`);
    /** Resolves when that many streams have been opened, with or without somebody there. */
    const opened = (times: number): Promise<void> =>
      new Promise((resolve) => {
        const streams = asked.get(LiveStreams);
        const open = streams.open.bind(streams);
        let count = 0;
        jest.spyOn(streams, 'open').mockImplementation(async (request) => {
          await open(request);
          if (++count === times) resolve();
        });
      });

    it('when the client left before it was let in', async () => {
      const memberships = asked.get(MembershipLookup);
      const roleOf = memberships.roleOf.bind(memberships);
      const held = gate();
      jest.spyOn(memberships, 'roleOf').mockImplementationOnce(async (...whose) => {
        await held.wait();
        return roleOf(...whose);
      });
      const all = opened(1);
      const connection = await ask(1);
      await held.reached;
      await leave(connection);
      held.open();
      await all;
      await expectOpen(0);
    });

    it('when the client left that had asked for several on one connection', async () => {
      const all = opened(3);
      const connection = await ask(3);
      await all;
      await expectOpen(3);
      await leave(connection);
      await expectOpen(0);
    });
  });

  it('without prolonging the session that it was opened with', async () => {
    const [member] = await two();
    const stream = await api.follow(member);
    const expiry = (): Promise<{ expire: Date }[]> =>
      processes.db.database.query(`SELECT expire FROM user_sessions WHERE sess -> 'passport' ->> 'user' = $1`, [
        member.userId,
      ]);
    const before = await expiry();
    await stream.close();
    expect(before).toHaveLength(1);
    expect(await expiry()).toEqual(before);
  });
});
