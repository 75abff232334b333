import { AsyncLocalStorage } from 'node:async_hooks';
import type { ClientBase, QueryResult } from 'pg';
import type { QueryRunner } from 'typeorm';
import { sameRights, send, type Rights, type Statement } from './statement.js';

const current = new AsyncLocalStorage<UnitOfWork>();

/** The transaction that is open around the caller, if any; the queue's enqueue joins it. */
export function currentUnitOfWork(): UnitOfWork | undefined {
  return current.getStore();
}

/** Runs `work` outside the transaction that is open around the caller. */
export function outsideUnitOfWork<T>(work: () => T): T {
  return current.exit(work);
}

/**
 * One transaction, which begins in the round trip of its first statement, and in which statements with the login role's
 * rights and with tenants' follow each other.
 */
export class UnitOfWork {
  readonly afterCommit: (() => Promise<void>)[] = [];
  /** What the connection has after the statements sent so far; undefined when that is not known. */
  private held: Rights | undefined = 'login';
  private begun = false;

  constructor(readonly runner: QueryRunner) {}

  /** Runs `work` with this as the transaction that is open around it. */
  around<T>(work: () => Promise<T>): Promise<T> {
    return current.run(this, work);
  }

  /** Runs one statement with `rights`. They are taken within its round trip, and only when the connection has others. */
  async query<Row extends object>(rights: Rights, statement: Statement): Promise<QueryResult<Row>> {
    const client = await this.client();
    if (/^\s*rollback\b/i.test(statement.sql)) {
      // A failed transaction takes nothing else, and a savepoint brings back the rights of its time.
      this.held = undefined;
      return send<Row>(client, statement);
    }
    const preface = { begin: !this.begun, rights: sameRights(this.held, rights) ? undefined : rights };
    this.begun = true;
    this.held = rights;
    return send<Row>(client, statement, preface);
  }

  /**
   * Commits what was done; without a statement there is nothing to commit.
   * @throws Error when PostgreSQL rolled back instead, because a statement had failed and its error was swallowed
   */
  async commit(): Promise<void> {
    if (!this.begun) return;
    const { command } = await send(await this.client(), { sql: 'COMMIT', parameters: [] });
    if (command !== 'COMMIT') throw new Error('The transaction was rolled back: a statement in it had failed.');
  }

  async rollback(): Promise<void> {
    if (this.begun) await send(await this.client(), { sql: 'ROLLBACK', parameters: [] });
  }

  private async client(): Promise<ClientBase> {
    return (await this.runner.connect()) as ClientBase;
  }
}
