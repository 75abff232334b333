import type { ClientBase, QueryResult } from 'pg';
import { PacketQuery } from './packet-query.js';
import type { Statement } from './statement.js';

/**
 * Sends statements in one packet, before one Sync of the extended query protocol: one round trip, and outside a
 * transaction one implicit transaction. When one is refused, PostgreSQL skips those behind it. Answers the result of each;
 * rejects with PostgreSQL's error.
 */
export function sendPacket(client: ClientBase, statements: readonly Statement[]): Promise<QueryResult[]> {
  if (statements.length === 0) return Promise.resolve([]);
  return new Promise((resolve, reject) => {
    client.query(
      new PacketQuery(statements, client, (error, results) => {
        if (error) reject(error);
        else resolve(results);
      }),
    );
  });
}
