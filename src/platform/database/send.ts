import type { ClientBase, QueryResult } from 'pg';
import { QueryFailedError } from 'typeorm';
import { sendPacket } from './packet.js';
import { PLAN_ONCE, type Statement } from './statement.js';

/**
 * Runs statements one after the other, in one round trip; see {@link sendPacket}. Answers the result of each, in order.
 * Rejects with TypeORM's `QueryFailedError`, which carries PostgreSQL's `code`.
 */
export async function send(client: ClientBase, statements: readonly Statement[]): Promise<QueryResult[]> {
  const [only] = statements;
  try {
    if (statements.some(({ generic }) => generic)) {
      return (await sendPacket(client, [PLAN_ONCE, ...statements])).slice(1);
    }
    if (statements.length !== 1 || only === undefined || only.name !== undefined) {
      return await sendPacket(client, statements);
    }
    return [await client.query({ text: only.sql, values: [...only.parameters] })];
  } catch (error) {
    const sql = statements.map((statement) => statement.sql).join('; ');
    const parameters = statements.flatMap((statement) => [...statement.parameters]);
    throw new QueryFailedError(sql, parameters, error instanceof Error ? error : new Error(String(error)));
  }
}
