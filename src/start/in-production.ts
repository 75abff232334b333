import { environmentSettings } from '../platform/config/environment.js';
import { SettingsError } from '../platform/config/settings-reader.js';
import { migrateUp } from '../platform/database/migration-runner.js';
import type { Say } from './say.js';
import { apiProcess, workerProcess } from './server-processes.js';
import type { Stack } from './stack.js';
import { StartError } from './start-error.js';

/** API and worker side by side on what the environment names; nothing is embedded, nothing is seeded. */
export async function startInProduction(env: NodeJS.ProcessEnv, stack: Stack, say: Say): Promise<void> {
  say('NODE_ENV is production: nothing is embedded and no demo tenant is made.');
  const settings = productionSettings();
  const names = await migrateUp(settings.databaseUrl);
  say(names.length === 0 ? 'The database is up to date.' : `The database took ${names.length} migrations.`);
  const servers = [workerProcess(env, undefined, say), apiProcess(env, settings.port, undefined, say)];
  servers.forEach((server) => stack.add(server));
  await Promise.all(servers.map((server) => server.start()));
  say(`Ready: ${settings.publicUrl}`);
}

function productionSettings(): ReturnType<typeof environmentSettings> {
  try {
    return environmentSettings();
  } catch (error) {
    if (error instanceof SettingsError) throw new StartError(error.message, { cause: error });
    throw error;
  }
}
