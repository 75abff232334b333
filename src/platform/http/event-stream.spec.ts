import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventStream, frameText, type EventStreamLimits, type StreamFrame } from './event-stream.js';

// Real here: an HTTP server and a client that reads when it is told to.

const LIMITS: EventStreamLimits = { mostWaiting: 60, stalledMs: 600_000 };
const INSTEAD: StreamFrame = { key: 'reset', text: frameText({ event: 'reset', data: '{}' }) };
const LONG = 'x'.repeat(64 * 1024);

const frame = (key: string, id: number, data = ''): StreamFrame => ({
  key,
  text: frameText({ event: key, id: String(id), data }),
});

describe('an event stream', () => {
  let server: Server;
  let client: Socket;
  let response: ServerResponse;
  let received: string;

  beforeEach(async () => {
    received = '';
    const answered = new Promise<ServerResponse>((resolve) => {
      server = createServer((_, answer) => resolve(answer));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    client = connect((server.address() as AddressInfo).port, '127.0.0.1');
    client.on('error', () => undefined); // being cut off is what some of these are about
    client.on('data', (chunk: Buffer) => (received += chunk.toString()));
    client.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    response = await answered;
  });
  afterEach(async () => {
    client.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const opened = (limits: Partial<EventStreamLimits> = {}): EventStream => {
    const stream = new EventStream(response, { ...LIMITS, ...limits });
    stream.start(2_000);
    return stream;
  };
  const clientEnd = (): Promise<void> => new Promise((resolve) => client.once('close', () => resolve()));
  /** What the client has, without headers and the lengths of chunks. */
  const text = (): string =>
    received.slice(received.indexOf('\r\n\r\n') + 2).replace(/\r\n(?:[0-9a-f]+\r\n(?:\r\n)?)?/g, '');
  /** Offers more than any socket's buffers take to a client that takes nothing. */
  const overwhelm = async (stream: EventStream, keys: number): Promise<number> => {
    client.pause();
    for (let id = 1; id <= 1_500; id += 1) {
      stream.send([frame(`k${id % keys}`, id, LONG)], INSTEAD);
      await turn();
    }
    return 1_500;
  };

  it('sends its frames in order, and says when to come back', async () => {
    const stream = new EventStream(response, LIMITS);
    stream.send([frame('a', 1), frame('b', 2)], INSTEAD);
    expect(stream.isOpen).toBe(false);
    stream.start(2_000);
    stream.send([frame('a', 3)], INSTEAD);
    const ended = clientEnd();
    stream.end();
    await ended;
    expect(received).toMatch(/^HTTP\/1\.1 200 OK\r\n(?:[^]*\r\n)?connection: close\r\n/);
    const frames = [
      frameText({ retry: '2000' }),
      ...[frame('a', 1), frame('b', 2), frame('a', 3)].map((one) => one.text),
    ];
    expect(text()).toBe(frames.join(''));
  });

  it('keeps for a slow client the newest of each key, and its positions never fall', async () => {
    const stream = opened();
    const last = await overwhelm(stream, 50);
    expect(response.writableLength).toBeLessThan(1024 * 1024);
    const ended = clientEnd();
    client.resume();
    while (!received.includes(`\nid: ${last}\n`)) await new Promise((resolve) => client.once('data', resolve));
    stream.end();
    await ended;
    const got = [...text().matchAll(/event: (\w+)\nid: (\d+)\n/g)].map(([, key, id]) => ({ key, id: Number(id) }));
    expect(got.map(({ id }) => id)).toEqual(got.map(({ id }) => id).sort((one, other) => one - other));
    const newest = new Map(got.map(({ key, id }) => [key, id]));
    expect(newest).toEqual(new Map(Array.from({ length: 50 }, (_, i) => [`k${(last - i) % 50}`, last - i])));
    expect(got.length).toBeLessThan(last);
  });

  it('tells a client that is too slow for the number of keys to read anew, instead of all that waits', async () => {
    const stream = opened();
    await overwhelm(stream, 1_500);
    const ended = clientEnd();
    client.resume();
    while (!received.includes('event: reset')) await new Promise((resolve) => client.once('data', resolve));
    stream.send([frame('after', 2_000)], INSTEAD);
    while (!received.includes('event: after')) await new Promise((resolve) => client.once('data', resolve));
    stream.end();
    await ended;
    const names = [...text().matchAll(/event: (\w+)\n/g)].map(([, name]) => name ?? '');
    expect(names.filter((name) => name === 'reset')).toHaveLength(1);
    expect(names.at(-1)).toBe('after');
    // What was not taken before is left out; what came after the reset follows it.
    expect(names.length).toBeLessThan(1_500);
    expect(names.length - names.indexOf('reset')).toBeLessThanOrEqual(LIMITS.mostWaiting + 2);
  });

  it('cuts a client off that takes nothing for too long', async () => {
    const stream = opened({ stalledMs: -1 });
    const closed = new Promise((resolve) => response.once('close', resolve));
    await overwhelm(stream, 50);
    await closed;
    expect(stream.isOpen).toBe(false);
  });

  it('ends at once for a client that takes nothing, so that the server can close', async () => {
    const stream = opened();
    await overwhelm(stream, 50);
    const closed = new Promise((resolve) => server.close(resolve));
    stream.end();
    await closed;
  });

  it('is not started or written to once the client has left', async () => {
    const stream = new EventStream(response, LIMITS);
    const left = new Promise((resolve) => response.once('close', resolve));
    client.destroy();
    await left;
    stream.start(1);
    stream.send([frame('a', 1)], INSTEAD);
    stream.end();
    expect(response.headersSent).toBe(false);
  });
});
