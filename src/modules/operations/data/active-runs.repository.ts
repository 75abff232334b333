import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { NewRun } from './new-row.js';
import { SHOWN_COLUMNS_OF_R, type ShownRow } from './run-row.js';

/** An active run as it was read. As long as the same transaction is the last that wrote its row, so is all of it. */
export interface ActiveRun {
  row: ShownRow;
  /** PostgreSQL's number of that transaction (`xmin`). */
  writtenBy: string;
}

/**
 * SQL for the active run of this identity. The order, of one row, is what only the unique index over active identities has:
 * when statistics say that nothing is active, reading all active runs of the tenant seems to cost no more than that index.
 */
const activeOf = (columns: string, tenant: string, identity: string): string => `SELECT ${columns} FROM operation_runs r
  WHERE r.tenant_id = ${tenant} AND r.run_identity_hash BETWEEN ${identity} AND ${identity}
    AND r.status IN ('queued', 'running') ORDER BY r.run_identity_hash LIMIT 1`;
/**
 * Those of the rows `g (tenant_id, identity)`, one by one through that index: a join over all active runs would look at
 * every waiting one.
 */
export const ACTIVE_OF_G = `CROSS JOIN LATERAL (${activeOf('r.*, r.xmin', 'g.tenant_id', `decode(g.identity, 'hex')`)}) r`;

/** The same question for one run and for many. */
interface ActiveTexts {
  one: string;
  many: string;
}

const textsOf = (columns: string): ActiveTexts => ({
  one: activeOf(columns, '$1', '$2'),
  many: `SELECT g.ordinal, ${columns}
    FROM unnest($1::integer[], $2::uuid[], $3::text[]) AS g (ordinal, tenant_id, identity) ${ACTIVE_OF_G}`,
});
const WRITER = 'r.xmin::text AS written_by';
const FIND = textsOf(`${WRITER}, ${SHOWN_COLUMNS_OF_R}`);
const FIND_WRITER = textsOf(WRITER);

/** Finds the active runs of identities, each of a tenant. */
@Injectable()
export class ActiveRunsRepository {
  constructor(private readonly database: Database) {}

  /** The active runs with these identities; the answer has a place for each, in order, undefined where there is none. */
  async findActive(runs: readonly NewRun[]): Promise<(ActiveRun | undefined)[]> {
    const rows = await this.askOfActive<ShownRow & { written_by: string }>(FIND, runs);
    return rows.map((found) => {
      if (!found) return undefined;
      const { written_by: writtenBy, ...row } = found;
      return { row, writtenBy };
    });
  }

  /**
   * Who wrote the active runs with these identities last, as {@link ActiveRun} names it; places as in {@link findActive}.
   * As it is what a person's second click waits for, it is one index read and nothing else.
   */
  async findWriters(runs: readonly NewRun[]): Promise<(string | undefined)[]> {
    const rows = await this.askOfActive<{ written_by: string }>(FIND_WRITER, runs);
    return rows.map((row) => row?.written_by);
  }

  private async askOfActive<Row extends object>(
    texts: ActiveTexts,
    runs: readonly NewRun[],
  ): Promise<(Row | undefined)[]> {
    const [only] = runs;
    if (only !== undefined && runs.length === 1) {
      const parameters = [only.tenantId, Buffer.from(only.identity, 'hex')];
      const [row] = await this.database.query<Row>(texts.one, parameters, { prepared: true });
      return [row];
    }
    const rows = await this.database.query<Row & { ordinal: number }>(
      texts.many,
      [runs.map((_, ordinal) => ordinal), runs.map(({ tenantId }) => tenantId), runs.map(({ identity }) => identity)],
      { prepared: true, generic: true },
    );
    const found = new Map(rows.map((row) => [row.ordinal, row]));
    return runs.map((_, ordinal) => found.get(ordinal));
  }
}
