import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { SettingsReader } from './settings-reader.js';
import { parseSettings, type Settings } from './settings.js';

/** Where a tool of the machine's operator finds what it looks at. */
export interface OperatorEnvironment {
  /** Absent: the one that `npm start` runs in {@link dataDir}. */
  databaseUrl?: string;
  /** Absolute. */
  dataDir: string;
  /** The settings for this database. It serves nobody and opens no secret, and so it needs none. */
  settingsFor: (databaseUrl: string) => Settings;
}

/** What such a tool takes of the environment; whatever else is set there, right or wrong, is not its business. */
const TAKEN = ['DATABASE_URL', 'REDIS_URL', 'RUN_LEASE_SECONDS', 'RUN_SWEEP_SECONDS', 'RUN_RETENTION_DAYS'] as const;

/** Throws {@link SettingsError} that names what is wrong. */
export function operatorEnvironment(env: NodeJS.ProcessEnv = process.env): OperatorEnvironment {
  const read = new SettingsReader(env);
  const databaseUrl = read.optionalUrl('DATABASE_URL', ['postgres', 'postgresql']);
  const dataDir = path.resolve(read.text('DATA_DIR', '.data'));
  read.throwFaults();
  return {
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    dataDir,
    settingsFor: (url) =>
      parseSettings({
        ...Object.fromEntries(TAKEN.map((name) => [name, env[name]])),
        DATABASE_URL: url,
        LOG_LEVEL: 'error',
        // Nothing is signed or sealed here; these belong to nobody and are gone with the process.
        SESSION_SECRET: randomBytes(32).toString('hex'),
        ENCRYPTION_KEY: randomBytes(32).toString('hex'),
      }),
  };
}
