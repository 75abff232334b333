/** The start cannot go on; the message is one sentence for a person, with what to do. */
export class StartError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StartError';
  }
}

/** The words of anything that was thrown. */
export function wordsOf(error: unknown): string {
  // What Node throws when a name has several addresses and none of them answers; its own message is empty.
  if (error instanceof AggregateError) return error.errors.map(wordsOf).join(', ');
  return error instanceof Error && error.message !== '' ? error.message : String(error);
}
