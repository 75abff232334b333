import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** Stands before PostgreSQL and forgets the settings a connection begins with, as PgBouncer does when it is told to ignore them. */
export class PoolerThatDropsOptions {
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async before(databaseUrl: string): Promise<PoolerThatDropsOptions> {
    const target = new URL(databaseUrl);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = new URL(databaseUrl);
    url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const pooler = new PoolerThatDropsOptions(server, url.href);
    server.on('connection', (near) => {
      const far = connect(Number(target.port), target.hostname);
      for (const socket of [near, far]) pooler.sockets.add(socket.on('error', () => undefined));
      near.once('data', (startup: Buffer) => {
        far.write(withoutOptions(startup));
        near.pipe(far);
      });
      far.pipe(near);
    });
    return pooler;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** A startup message is its length and the protocol's version, four bytes each, then names and values that end with a zero. */
function withoutOptions(startup: Buffer): Buffer {
  const words = startup.subarray(8).toString('utf8').split('\0');
  const at = words.indexOf('options');
  if (at >= 0) words.splice(at, 2);
  const rest = Buffer.from(words.join('\0'), 'utf8');
  const head = Buffer.from(startup.subarray(0, 8));
  head.writeInt32BE(8 + rest.length, 0);
  return Buffer.concat([head, rest]);
}
