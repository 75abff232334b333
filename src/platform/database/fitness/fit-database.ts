import pg from 'pg';
import { SESSION_SETTINGS, sessionAt } from '../session-settings.js';
import { requireFitLetters } from './fit-letters.js';
import { requireFitRights, requireMakersRights } from './fit-rights.js';
import { requireFitServer } from './fit-server.js';
import { requireFitSession, requireOwnConnection, toldOfConnecting } from './fit-sessions.js';

const CONNECT_TIMEOUT_MS = 5_000;
const SEARCH_PATH = { search_path: 'public,bullmq' };

/**
 * Looks once, before anything else does, at what would otherwise fail late, half or in silence: an old server, another
 * encoding, a standby, a login without the rights, a pooler in between.
 * @param purpose migrations make what others only use
 * @throws UnfitDatabase; what the driver throws when the database cannot be reached
 */
export async function requireFitDatabase(url: string, purpose: 'use' | 'migrate' = 'use'): Promise<void> {
  // With the settings of others: a server that is too old does not know all of ours.
  await connected({ connectionString: url }, async (client) => {
    await requireFitServer(client);
    await requireFitRights(client);
    if (purpose === 'use') return;
    await requireFitLetters(client);
    await requireMakersRights(client);
  });
  const session = sessionAt(url, SEARCH_PATH);
  await connected(session, async (one) => {
    await requireFitSession(one, { ...SESSION_SETTINGS, ...SEARCH_PATH });
    await connected(session, (other) => requireOwnConnection(one, other));
  });
}

async function connected(config: pg.ClientConfig, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({
    ...config,
    application_name: 'tenantatlas',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: CONNECT_TIMEOUT_MS,
  });
  client.on('error', () => undefined); // the statement that is under way fails, too
  try {
    await client.connect().catch((error: unknown) => {
      throw toldOfConnecting(error);
    });
    await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
