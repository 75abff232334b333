import { databaseWords } from '../database/database-words.js';
import { UnfitSurroundings } from '../errors/unfit-surroundings.js';
import { redact } from './redact.js';

/** Ends a process that could not boot, with code 1, and says why. */
export function stopOnBootError(error: unknown): never {
  process.stderr.write(`${redact(bootWords(error))}\n`);
  process.exit(1);
}

/** What was foreseen, in its own sentence; anything else with its stack, because whoever reads it has to find it. */
export function bootWords(error: unknown): string {
  if (error instanceof UnfitSurroundings) return error.message;
  return databaseWords(error) ?? (error instanceof Error ? (error.stack ?? error.message) : String(error));
}
