import path from 'node:path';
import { readKept } from '../kept-file.js';
import { isKept, urlOf } from './embedded-database.js';

/**
 * Where the PostgreSQL of a data directory is reached while a start runs it; undefined where there is none. Whether it
 * runs at this moment is for the first connection to find out.
 * @throws StartError when the directory's file may not be read or is damaged
 */
export async function keptDatabaseUrl(dataDir: string): Promise<string | undefined> {
  const kept = await readKept(path.join(dataDir, 'postgres.json'), isKept);
  return kept && urlOf(kept);
}
