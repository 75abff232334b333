import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { LiveListener, type ListenerTimings } from '../../../src/platform/live/live-listener.js';
import { LiveSignals, wordsOf } from '../../../src/platform/live/live-signals.js';
import { eventually } from '../../support/eventually.js';
import { testSettings } from '../../support/settings.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

// Real here: PostgreSQL, its NOTIFY, and a network between that can be cut without a word.

const TIMINGS: ListenerTimings = { reconnectMs: 20, deadlineMs: 1_000, probeMs: 100 };

/** Hands everything on to PostgreSQL until it swallows it, as a network does whose far end vanished. */
class Network {
  private readonly sockets = new Set<Socket>();
  swallowing = false;
  /** What either end sent in vain. */
  swallowed = '';

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async before(databaseUrl: string): Promise<Network> {
    const target = new URL(databaseUrl);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = new URL(databaseUrl);
    url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const network = new Network(server, url.href);
    server.on('connection', (near) => {
      const far = connect(Number(target.port), target.hostname);
      for (const [from, to] of [
        [near, far],
        [far, near],
      ] as const) {
        network.sockets.add(from);
        from.on('error', () => undefined);
        from.on('data', (chunk: Buffer) => {
          if (network.swallowing) network.swallowed += chunk.toString('latin1');
          else to.write(chunk);
        });
        from.on('close', () => {
          network.sockets.delete(from);
          to.destroy();
        });
      }
    });
    return network;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** What a channel's handler was told; a look is an empty text. */
class Heard {
  readonly messages: string[] = [];
  private readonly waiting = new Set<() => void>();

  readonly handler = (message: string | undefined): void => {
    this.messages.push(message ?? '');
    for (const wake of this.waiting) wake();
  };

  async until(message: string): Promise<void> {
    while (!this.messages.includes(message)) {
      await new Promise<void>((resolve) => this.waiting.add(resolve));
    }
  }
}

describe('the live listener', () => {
  let db: TestDatabase;
  let stops: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    db = await createTestDatabase();
  });
  afterEach(async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
    stops = [];
  });
  afterAll(() => db?.close());

  const listener = (url = db.url): LiveListener => {
    const made = new LiveListener(testSettings(url), TIMINGS);
    stops.push(() => made.onApplicationShutdown());
    return made;
  };
  const notify = (channel: string, message: string): Promise<unknown> =>
    db.database.query('SELECT pg_notify($1, $2)', [channel, message]);
  const connections = async (): Promise<number> => {
    const rows = await db.database.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'tenantatlas-live'`,
    );
    return rows.length;
  };
  const cut = (): Promise<unknown> =>
    db.database.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'tenantatlas-live'`,
    );

  it('listens to all channels through one connection, opened by the first of them', async () => {
    const live = listener();
    expect(await connections()).toBe(0);
    const [one, two] = [new Heard(), new Heard()];
    await Promise.all([live.subscribe('one', one.handler), live.subscribe('two', two.handler)]);
    const endOfThree = await live.subscribe('three', two.handler);
    expect(await connections()).toBe(1);
    endOfThree();
    await notify('three', 'nobody');
    await notify('one', 'a');
    await notify('two', 'b');
    await two.until('b');
    expect([one.messages, two.messages]).toEqual([['a'], ['b']]);
  });

  it('comes back when it is cut off, tells that something may be missed, and has one connection still', async () => {
    const live = listener();
    const [one, two] = [new Heard(), new Heard()];
    await live.subscribe('one', one.handler);
    await cut();
    await live.subscribe('two', two.handler); // comes while the connection is away, and brings it back or waits for it
    await one.until('');
    await notify('one', 'again');
    await notify('two', 'too');
    await one.until('again');
    await two.until('too');
    await new Promise((resolve) => setTimeout(resolve, 10 * TIMINGS.reconnectMs)); // a second try would have been made
    expect(await connections()).toBe(1);
  });

  it('notices that its connection is dead although nobody said so', async () => {
    const network = await Network.before(db.url);
    stops.push(() => network.close());
    const live = listener(network.url);
    const heard = new Heard();
    await live.subscribe('one', heard.handler);
    network.swallowing = true;
    await notify('one', 'lost');
    for (const sent of ['lost', 'SELECT 1'])
      await eventually(async () => network.swallowed.includes(sent) || undefined);
    network.swallowing = false;
    await heard.until('');
    await notify('one', 'heard');
    await heard.until('heard');
    expect(heard.messages).not.toContain('lost');
  });

  it('takes subscriptions while the database is away, and has them look once it is back', async () => {
    const network = await Network.before(db.url);
    stops.push(() => network.close());
    network.swallowing = true;
    const live = listener(network.url);
    const heard = new Heard();
    await live.subscribe('one', heard.handler);
    network.swallowing = false;
    await heard.until('');
    await notify('one', 'heard');
    await heard.until('heard');
  });

  it('leaves no connection behind when it stops, even one that it is about to open', async () => {
    const live = listener();
    const subscribing = live.subscribe('one', () => undefined);
    await live.onApplicationShutdown();
    await subscribing;
    await live.subscribe('two', () => undefined);
    while ((await connections()) > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  });

  it('refuses what is no channel’s name', async () => {
    await expect(listener().subscribe('one; DROP TABLE users', () => undefined)).rejects.toThrow('not a channel');
  });

  it('hears each signal once, packed as its size allows, also from inside a transaction that is rolled back', async () => {
    const live = listener();
    const heard = new Heard();
    await live.subscribe('one', heard.handler);
    const signals = new LiveSignals(db.database);
    const words = Array.from({ length: 500 }, (_, i) => `${'w'.repeat(60)} ${i}`);
    await expect(
      db.database.transaction(async () => {
        for (const word of [...words, ...words]) signals.send('one', word);
        await signals.beforeApplicationShutdown();
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    await notify('one', 'end');
    await heard.until('end');
    const messages = heard.messages.filter((message) => message !== 'end');
    expect(messages.flatMap(wordsOf).sort()).toEqual([...words].sort());
    expect(messages.length).toBeLessThan(10);
  });
});
