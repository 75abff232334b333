import { SettingsError } from '../config/settings-reader.js';
import { redact } from './redact.js';

/**
 * Ends a process that could not boot, with code 1. Wrong settings are told in their own sentences; anything else with
 * its stack, because whoever reads it has to find it.
 */
export function stopOnBootError(error: unknown): never {
  const words =
    error instanceof Error && !(error instanceof SettingsError) ? (error.stack ?? error.message) : messageOf(error);
  process.stderr.write(`${redact(words)}\n`);
  process.exit(1);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
