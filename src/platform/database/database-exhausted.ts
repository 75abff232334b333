import { DomainError } from '../errors/domain-error.js';

interface Want {
  code: string;
  sentence: string;
}

const LIMIT: Want = {
  code: 'database.exhausted',
  sentence:
    'The database ran out of memory or met another limit of its server. Try again in a minute; tell whoever runs it if it lasts.',
};

/** By SQLSTATE. A server that takes no more connections is away for whoever has none, and not in here. */
const WANTS: Readonly<Record<string, Want>> = {
  '53100': {
    code: 'database.full',
    sentence:
      'The disk of the database is full, so nothing can be saved. Tell whoever runs it, and try again when there is room.',
  },
  '53000': LIMIT,
  '53200': LIMIT,
  '53400': LIMIT,
};

/** PostgreSQL answers, and lacks what the statement needs; it was undone. Only whoever runs the server can mend that. */
export class DatabaseExhausted extends DomainError {
  constructor({ code, sentence }: Want, cause: unknown) {
    super(code, 'unavailable', sentence, { headers: { 'Retry-After': '60' } });
    this.cause = cause;
  }
}

/** {@link DatabaseExhausted} when that is what the driver says, or a library that speaks `pg` itself. */
export function exhaustionOf(error: unknown): DatabaseExhausted | undefined {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  const want = typeof code === 'string' ? WANTS[code] : undefined;
  return want && new DatabaseExhausted(want, error);
}
