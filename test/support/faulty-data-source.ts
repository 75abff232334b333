import type { ClientBase } from 'pg';
import type { DataSource, QueryRunner } from 'typeorm';
import type { Database } from '../../src/platform/database/database.js';

/** When the connection dies: before the next packet, which is then lost, or after it, when only its answer is. */
export const CONNECTION_FAULTS = ['before', 'after'] as const;
export type ConnectionFault = (typeof CONNECTION_FAULTS)[number];

/** As PostgreSQL says it to a connection that an administrator ends. */
class ConnectionLost extends Error {
  readonly code = '57P01';
}

/** How PostgreSQL, its client and TypeORM say that a connection ended. */
const LOSS = /connection terminated|terminating connection|not queryable|already released/i;

export function isConnectionLoss(error: unknown): boolean {
  return error instanceof ConnectionLost || (error instanceof Error && LOSS.test(error.message));
}

/** A query object of node-postgres, which answers by itself. */
interface AnsweringQuery {
  callback: (error: Error | null | undefined, result?: unknown) => void;
}

/** Lets connections of a data source be ended by the server at the worst moments; whatever is sent next is hit. */
export class ConnectionFaults {
  private planned: ConnectionFault[] = [];
  private readonly ended = new WeakSet<ClientBase>();

  /** @param bystander another way to the same server, through which connections are ended */
  constructor(
    dataSource: DataSource,
    private readonly bystander: Database,
  ) {
    const create = dataSource.createQueryRunner.bind(dataSource);
    dataSource.createQueryRunner = (mode) => this.expose(create(mode));
  }

  plan(fault: ConnectionFault): void {
    this.planned.push(fault);
  }

  heal(): void {
    this.planned = [];
  }

  /** The product asks its query runner for the connection once for each packet. */
  private expose(runner: QueryRunner): QueryRunner {
    const connect = runner.connect.bind(runner) as () => Promise<ClientBase>;
    runner.connect = async () => {
      const client = await connect();
      // A rollback is tried on the connection that was lost; there is nothing left of it to end.
      const fault = this.ended.has(client) ? undefined : this.planned.shift();
      if (fault === 'before') await this.end(client);
      return fault === 'after' ? this.losing(client) : client;
    };
    return runner;
  }

  /** A client whose next packet is carried out, and its answer lost. */
  private losing(client: ClientBase): ClientBase {
    return new Proxy(client, {
      get: (target, property): unknown => {
        const value: unknown = Reflect.get(target, property, target);
        if (typeof value !== 'function') return value;
        const method = value.bind(target) as (...given: unknown[]) => unknown;
        if (property !== 'query') return method;
        return (...given: unknown[]): unknown => {
          const [query] = given;
          if (isAnswering(query)) this.loseAnswer(target, query);
          const answer = method(...given);
          return answer instanceof Promise ? answer.then(() => this.loseAfter(target)) : answer;
        };
      },
    });
  }

  private loseAnswer(client: ClientBase, query: AnsweringQuery): void {
    const answer = query.callback;
    query.callback = (error) => {
      if (error) answer(error);
      else this.loseAfter(client).catch(answer);
    };
  }

  private async loseAfter(client: ClientBase): Promise<never> {
    await this.end(client);
    throw new ConnectionLost('The connection ended as planned, after the commit.');
  }

  /** Resolves when the client knows, too: until then the pool might hand it to somebody whom no fault was planned for. */
  private async end(client: ClientBase): Promise<void> {
    const { processID } = client as ClientBase & { processID: number };
    const ended = new Promise<void>((resolve) => client.once('end', () => resolve()));
    this.ended.add(client);
    // Whoever loses the connection may be in a transaction, which this must not become a part of.
    await this.bystander.outside(() => this.bystander.query('SELECT pg_terminate_backend($1, 5000)', [processID]));
    await ended;
  }
}

function isAnswering(query: unknown): query is AnsweringQuery {
  return typeof query === 'object' && query !== null && 'callback' in query && typeof query.callback === 'function';
}
