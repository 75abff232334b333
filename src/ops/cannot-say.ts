import { DatabaseUnavailable } from '../platform/database/database-unavailable.js';
import { databaseWords } from '../platform/database/database-words.js';
import { UnfitSurroundings } from '../platform/errors/unfit-surroundings.js';
import { TransportAway } from '../platform/queue/transport-inspector.js';
import { clean } from './text/clean-text.js';

/** The question cannot be answered; the message is one sentence for a person, with what to do. */
export class CannotSay extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CannotSay';
  }
}

const AWAY = 'The database does not answer; check that it runs and that DATABASE_URL leads to it.';
const UNMIGRATED = 'The database lacks migrations of this version; run npm run migrate -- up.';

/** What only a tool that reads the runs may be told, by SQLSTATE. */
const SENTENCES: Readonly<Record<string, string>> = {
  '42P01': UNMIGRATED,
  '42703': UNMIGRATED,
  '42501': 'The user of DATABASE_URL may not read the runs; use the one that the application runs as.',
  '57014': 'The database took too long; try again when it is less busy.',
};

/** Connection and resource errors of PostgreSQL, and of the way to it. */
const UNREACHABLE = /^(?:08...|53...|57P0.|E(?:CONN\w+|NOTFOUND|TIMEDOUT|PIPE|AI_AGAIN|HOSTUNREACH|NETUNREACH))$/;

/** Whether the database could not be reached at all. */
export function isUnreachable(error: unknown): boolean {
  if (error instanceof DatabaseUnavailable) return true;
  const code = codeOf(error);
  if (code !== undefined) return UNREACHABLE.test(code);
  return error instanceof Error && /connection|timeout/i.test(error.message); // node-postgres gives these no code
}

/** One sentence for whatever was thrown; no stack, and nothing of an address or a statement. */
export function sentenceOf(error: unknown): string {
  if (error instanceof CannotSay || error instanceof UnfitSurroundings) return clean(error.message);
  if (error instanceof TransportAway) {
    return `${error.place} does not answer; check that it runs and that ${error.place === 'Redis' ? 'REDIS_URL' : 'DATABASE_URL'} leads to it.`;
  }
  const known = databaseWords(error) ?? SENTENCES[codeOf(error) ?? ''];
  if (known !== undefined) return known;
  if (isUnreachable(error)) return AWAY;
  const name = error instanceof Error ? error.name : 'unknown error';
  return `Something went wrong on our side (${clean(name)}); report it with the command.`;
}

function codeOf(error: unknown): string | undefined {
  const code: unknown = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
