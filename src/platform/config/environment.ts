import { parseDatabaseUrl, parseLogging, parseSettings, type LoggingSettings, type Settings } from './settings.js';

/** The settings of this process. */
export function environmentSettings(): Settings {
  return parseSettings(process.env);
}

/** `DATABASE_URL` of this process, for tools that need nothing else. */
export function environmentDatabaseUrl(): string {
  return parseDatabaseUrl(process.env);
}

/** How this process writes its log; needed before anything else. */
export function environmentLogging(): LoggingSettings {
  return parseLogging(process.env);
}
