import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { MigrationInterface } from 'typeorm';

export type MigrationClass = new () => MigrationInterface;

/** `migrations/` beside `src/`: compiled ones in a build, the sources under the tests. */
export const MIGRATIONS_DIR = path.join(import.meta.dirname, '../../../migrations');

const FILE = /^(\d{13})-([A-Za-z0-9]+)\.(?:js|ts)$/;

/**
 * Loads the migration classes of a folder, oldest first. Throws when a file is not `<epoch>-<PascalName>` or does not
 * export the class `<PascalName><epoch>`, because TypeORM would pass over it in silence.
 */
export async function loadMigrations(directory: string = MIGRATIONS_DIR): Promise<MigrationClass[]> {
  const files = (await readdir(directory)).filter((file) => /(?<!\.d)\.(?:js|ts)$/.test(file)).sort();
  return Promise.all(
    files.map(async (file) => {
      const [, epoch, name] = FILE.exec(file) ?? [];
      if (epoch === undefined) throw new Error(`Migration ${file}: a migration is named <epoch>-<PascalName>.`);
      const module = (await import(pathToFileURL(path.join(directory, file)).href)) as Record<string, MigrationClass>;
      const migration = module[`${name}${epoch}`];
      if (migration === undefined) throw new Error(`Migration ${file}: it must export the class ${name}${epoch}.`);
      return migration;
    }),
  );
}
