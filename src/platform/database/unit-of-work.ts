import { AsyncLocalStorage } from 'node:async_hooks';
import type { ClientBase, QueryResult } from 'pg';
import type { QueryRunner } from 'typeorm';
import { send } from './send.js';
import { sameRights, takingOf, type Rights, type Statement } from './statement.js';

const current = new AsyncLocalStorage<UnitOfWork>();

/** The transaction that is open around the caller, if any; the queue's enqueue joins it. */
export function currentUnitOfWork(): UnitOfWork | undefined {
  return current.getStore();
}

/** Runs `work` outside the transaction that is open around the caller. */
export function outsideUnitOfWork<T>(work: () => T): T {
  return current.exit(work);
}

const BEGIN: Statement = { sql: 'BEGIN', parameters: [], name: 'begin' };
const COMMIT: Statement = { sql: 'COMMIT', parameters: [], name: 'commit' };
const ROLLBACK: Statement = { sql: 'ROLLBACK', parameters: [] };

/** A statement that is to be sent, and who waits for its result, if anybody. */
interface Put {
  rights: Rights;
  statement: Statement;
  asker?: { resolve: (result: QueryResult) => void; reject: (error: unknown) => void };
  result?: QueryResult;
}

/**
 * One transaction, in which statements with the login role's rights and with tenants' follow each other. It begins in the
 * round trip of its first statement. Statements that are asked for at the same moment share one; what nobody waits for
 * goes with the next, and the commit with the last where the caller knows which that is.
 */
export class UnitOfWork {
  readonly afterCommit: (() => Promise<void>)[] = [];
  /** What the connection has after the statements sent so far; undefined when that is not known. */
  private held: Rights | undefined = 'login';
  private begun = false;
  private put: Put[] = [];
  private leaving = false;
  private underWay: Promise<void> = Promise.resolve();
  private end: 'open' | 'with next' | 'sent' = 'open';

  constructor(readonly runner: QueryRunner) {}

  /** Runs `work` with this as the transaction that is open around it. */
  around<T>(work: () => Promise<T>): Promise<T> {
    return current.run(this, work);
  }

  /** Runs one statement with `rights`. They are taken within its round trip, and only when the connection has others. */
  async query<Row extends object>(rights: Rights, statement: Statement): Promise<QueryResult<Row>> {
    if (this.end === 'sent') throw new Error('This transaction was ended with the statement before.');
    if (/^\s*rollback\b/i.test(statement.sql)) {
      // A failed transaction takes nothing else, and a savepoint brings back the rights of its time.
      this.put = [];
      this.held = undefined;
      const [rolledBack] = await send(await this.client(), [statement]);
      return rolledBack as QueryResult<Row>;
    }
    const result = await new Promise<QueryResult>((resolve, reject) => {
      this.put.push({ rights, statement, asker: { resolve, reject } });
      this.leave();
    });
    return result as QueryResult<Row>;
  }

  /**
   * Runs one statement whose result nobody waits for, before the next one or before the commit and in its round trip.
   * When it is refused, that one fails instead, and the transaction with it. Answers how to read the result afterwards.
   */
  write(rights: Rights, statement: Statement): () => QueryResult {
    const put: Put = { rights, statement };
    this.put.push(put);
    return () => {
      if (put.result === undefined) throw new Error('This statement has not been run.');
      return put.result;
    };
  }

  /** Says that the next statement, with those that are asked for at the same moment, is the last: the commit goes along. */
  endWithNext(): void {
    this.end = 'with next';
  }

  /**
   * Commits what was done; without a statement there is nothing to commit.
   * @throws Error when PostgreSQL rolled back instead, because a statement had failed and its error was swallowed
   */
  async commit(): Promise<void> {
    if (this.end === 'sent') return this.underWay;
    if (!this.begun && this.put.length === 0) return;
    this.end = 'sent';
    await this.send();
  }

  /** Resolves when nothing of the transaction is under way any more, so that its connection is free for others. */
  async rollback(): Promise<void> {
    await this.underWay.catch(() => undefined);
    if (this.begun) await send(await this.client(), [ROLLBACK]);
  }

  /** Sends what is put in this turn of the microtasks. */
  private leave(): void {
    if (this.leaving) return;
    this.leaving = true;
    queueMicrotask(() => {
      this.leaving = false;
      if (this.put.length === 0) return; // a rollback or the commit came in between
      if (this.end === 'with next') this.end = 'sent';
      void this.send().catch(() => undefined); // who asked is told
    });
  }

  /**
   * Sends what was put so far, with the end when that has come; tells those who asked, and rejects with what they are told.
   * What begins and ends with the same packet is a transaction of PostgreSQL's own, which needs neither BEGIN nor COMMIT,
   * and which is undone when the packet is refused.
   */
  private send(): Promise<void> {
    this.underWay = this.sendPut();
    return this.underWay;
  }

  private async sendPut(): Promise<void> {
    const whole = !this.begun && this.end === 'sent';
    const { put, statements, places } = this.take(whole || this.begun ? [] : [BEGIN]);
    this.begun = !whole;
    const last = this.end === 'sent' && !whole ? [COMMIT] : [];
    try {
      const results = await send(await this.client(), [...statements, ...last]);
      if (last.length > 0) expectCommitted(results.at(-1));
      put.forEach((one, at) => {
        one.result = results[places[at] ?? -1] as QueryResult;
        one.asker?.resolve(one.result);
      });
    } catch (error) {
      for (const { asker } of put) asker?.reject(error);
      throw error;
    }
  }

  /** The statements put so far, behind `first` and with what has to go before each, and the place of each among them. */
  private take(first: readonly Statement[]): { put: Put[]; statements: Statement[]; places: number[] } {
    const put = this.put.splice(0);
    const statements = [...first];
    const places = put.map(({ rights, statement }) => {
      if (!sameRights(this.held, rights)) statements.push(takingOf(rights));
      this.held = rights;
      return statements.push(statement) - 1;
    });
    return { put, statements, places };
  }

  private async client(): Promise<ClientBase> {
    return (await this.runner.connect()) as ClientBase;
  }
}

function expectCommitted(result: QueryResult | undefined): void {
  if (result?.command !== 'COMMIT') {
    throw new Error('The transaction was rolled back: a statement in it had failed.');
  }
}
