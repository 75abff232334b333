import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { anyFreePort } from './ports.js';
import { requireRedis } from './reachable-redis.js';
import { StartError } from './start-error.js';

describe('requireRedis', () => {
  let server: Server | undefined;
  afterEach(() => void server?.close());

  const refusalOf = (url: string): Promise<unknown> => requireRedis(url).catch((error: unknown) => error);

  it('says in one sentence that nobody is there, without the password', async () => {
    const refusal = await refusalOf(`redis://:hunter2@127.0.0.1:${await anyFreePort()}`);
    expect(refusal).toBeInstanceOf(StartError);
    expect(String(refusal)).toMatch(/The Redis of REDIS_URL does not answer \(.*ECONNREFUSED 127\.0\.0\.1:\d+\)/);
    expect(String(refusal)).not.toContain('hunter2');
  });

  it('says so too when something answers that is no Redis', async () => {
    server = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    expect(await refusalOf(`redis://127.0.0.1:${port}`)).toBeInstanceOf(StartError);
  });
});
