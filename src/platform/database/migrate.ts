import { environmentDatabaseUrl } from '../config/environment.js';
import { databaseWords } from './database-words.js';
import { migrateDown, migrateUp, migrationStates } from './migration-runner.js';

const USAGE = 'Usage: npm run migrate -- up | down | show';

/** `migrate up | down | show` against `DATABASE_URL`. */
async function migrate(command: string | undefined, url: string): Promise<string> {
  switch (command) {
    case 'up': {
      const names = await migrateUp(url);
      return names.length === 0 ? 'The database is up to date.' : `Applied: ${names.join(', ')}.`;
    }
    case 'down': {
      const name = await migrateDown(url);
      return name === undefined ? 'There is no migration to take back.' : `Took back ${name}.`;
    }
    case 'show': {
      const states = await migrationStates(url);
      return states.map(({ name, applied }) => `${applied ? '[x]' : '[ ]'} ${name}`).join('\n');
    }
    case undefined:
    default:
      throw new Error(USAGE);
  }
}

try {
  console.log(await migrate(process.argv[2], environmentDatabaseUrl()));
} catch (error) {
  console.error(databaseWords(error) ?? (error instanceof Error ? error.message : error));
  process.exitCode = 1;
}
