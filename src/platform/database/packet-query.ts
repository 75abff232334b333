import type { ClientBase, Connection, FieldDef, QueryResult, Submittable } from 'pg';
import utils from 'pg/lib/utils.js';
import { preparedTextsOf, type PreparedTexts } from './prepared-texts.js';
import { rowReaderOf, type RowReader } from './row-reader.js';
import type { Statement } from './statement.js';

export type PacketDone = (error: Error | null, results: QueryResult[]) => void;

/**
 * What PostgreSQL calls a prepared text whose columns have become others, as a newer version may change them under an
 * older one, and one that is not there, as after a pooler's `DISCARD ALL`.
 */
const OUTDATED = new Set(['0A000', '26000']);
/** `INSERT 0 1`, `SELECT 3`, `BEGIN`. */
const COMPLETED = /^(\w+)(?: \d+(?= ))?(?: (\d+))?/;

/**
 * Several statements as one query of a node-postgres client, which hands its messages to whatever has these methods, as
 * it does for cursors and streams.
 */
export class PacketQuery implements Submittable {
  private readonly values: (string | Buffer | null)[][];
  private readonly results: QueryResult[] = [];
  private texts: PreparedTexts = new Map();
  private reader: RowReader | undefined;
  private rows: Record<string, unknown>[] = [];
  private unreadable: Error | undefined;

  constructor(
    private readonly statements: readonly Statement[],
    private readonly client: ClientBase,
    /** The client puts its own around it where queries have a time limit. */
    public callback: PacketDone,
  ) {
    this.values = statements.map(({ parameters }) => parameters.map((value) => utils.prepareValue(value)));
  }

  submit(connection: Connection): void {
    this.texts = preparedTextsOf(connection);
    const parsed = new Set<string>();
    connection.stream.cork();
    try {
      for (const [at, { name, sql }] of this.statements.entries()) {
        const isKnown = name !== undefined && this.texts.has(name);
        if (!isKnown) parse(connection, name, sql, parsed);
        connection.bind({ statement: name ?? '', values: this.values[at] ?? [] }, true);
        if (!isKnown) connection.describe({ type: 'P' }, true);
        connection.execute(null, true);
      }
      connection.sync();
    } catch (error) {
      // Half a packet would be answered by nothing, for ever.
      connection.stream.destroy(error instanceof Error ? error : new Error(String(error)));
    } finally {
      connection.stream.uncork();
    }
  }

  handleRowDescription({ fields }: { fields: FieldDef[] }): void {
    this.reader = rowReaderOf(fields, this.client);
  }

  handleDataRow({ fields }: { fields: readonly (string | null)[] }): void {
    if (this.unreadable) return;
    try {
      this.rows.push(this.readerOfThis().read(fields));
    } catch (error) {
      this.unreadable = error instanceof Error ? error : new Error(String(error));
    }
  }

  handleCommandComplete({ text }: { text: string }): void {
    const [, command = '', count] = COMPLETED.exec(text) ?? [];
    this.complete(command, count === undefined ? null : Number(count));
  }

  /** There is nothing to copy from; what PostgreSQL got meanwhile, the end of the packet among it, it has thrown away. */
  handleCopyInResponse(connection: Connection & { sendCopyFail: (reason: string) => void }): void {
    connection.sendCopyFail('A packet has nothing to copy from.');
    connection.sync();
  }

  handleCopyData(): void {
    // What is copied out has nowhere to go.
  }

  handleEmptyQuery(): void {
    this.complete('', null);
  }

  /** What was not run may be prepared or not, and is not kept as known: it is closed and prepared anew. */
  handleError(error: Error): void {
    if (isOutdated(error)) this.texts.clear();
    this.callback(error, []);
  }

  handleReadyForQuery(): void {
    this.callback(this.unreadable ?? null, this.results);
  }

  /** Of the statement that PostgreSQL answers now. node-postgres asks its queries for `name`, so it is called otherwise. */
  private get nameOfThis(): string | undefined {
    return this.statements[this.results.length]?.name;
  }

  private complete(command: string, rowCount: number | null): void {
    const reader = this.readerOfThis();
    if (this.nameOfThis !== undefined) this.texts.set(this.nameOfThis, reader);
    this.results.push({ command, rowCount, oid: 0, rows: this.rows, fields: reader.fields });
    this.rows = [];
    this.reader = undefined;
  }

  /** Of a text that is known PostgreSQL was not asked for the columns; one that answers no rows has none. */
  private readerOfThis(): RowReader {
    this.reader ??= (this.nameOfThis === undefined ? undefined : this.texts.get(this.nameOfThis)) ?? NO_COLUMNS;
    return this.reader;
  }
}

const NO_COLUMNS: RowReader = { fields: [], read: () => ({}) };

/** A name that is not known to be prepared is closed first, which is no error for one that is not there. */
function parse(connection: Connection, name: string | undefined, sql: string, parsed: Set<string>): void {
  if (name !== undefined) {
    if (parsed.has(name)) return;
    parsed.add(name);
    connection.close({ type: 'S', name }, true);
  }
  connection.parse({ name: name ?? '', text: sql, types: [] }, true);
}

/** Whether what is known of prepared texts is not true any more. */
function isOutdated(error: Error): boolean {
  return 'code' in error && typeof error.code === 'string' && OUTDATED.has(error.code);
}
