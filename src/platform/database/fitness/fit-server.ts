import type { ClientBase } from 'pg';
import { UnfitDatabase } from './unfit-database.js';

const LEAST_VERSION = 18;
const ENCODING = 'UTF8';

/** @throws UnfitDatabase when the server is too old or a standby, or cannot keep every text */
export async function requireFitServer(client: Pick<ClientBase, 'query'>): Promise<void> {
  const { rows } = await client.query<{ version: string; encoding: string; standby: boolean }>(
    `SELECT current_setting('server_version') AS version, getdatabaseencoding() AS encoding, pg_is_in_recovery() AS standby`,
  );
  const { version = '', encoding = '', standby = false } = rows[0] ?? {};
  if (parseInt(version, 10) < LEAST_VERSION) {
    throw new UnfitDatabase(
      `The server of DATABASE_URL is PostgreSQL ${version.split(' ')[0]}; PostgreSQL ${LEAST_VERSION} or newer is needed.`,
    );
  }
  if (encoding !== ENCODING) {
    throw new UnfitDatabase(
      `The database of DATABASE_URL is encoded in ${encoding}; make one with ENCODING '${ENCODING}' TEMPLATE template0.`,
    );
  }
  if (standby) {
    throw new UnfitDatabase(
      'The server of DATABASE_URL is a standby, which takes no writes; let DATABASE_URL lead to the primary.',
    );
  }
}
