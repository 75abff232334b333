import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { Database } from '../database/database.js';
import { SparingWarnings } from '../logging/sparing-warnings.js';

/** Signals of this long are sent together. */
const TOGETHER_MS = 40;
/** PostgreSQL takes payloads of less than 8,000 bytes. */
const MOST_BYTES = 7_900;

/**
 * Tells every process that something changed, outside of the change's own transaction: PostgreSQL lets only one
 * transaction that notifies commit at a time, and the hot path shall not queue for that. A signal is a hint and may be
 * lost with its process; whoever listens can also look.
 */
@Injectable()
export class LiveSignals implements BeforeApplicationShutdown {
  private readonly warnings = new SparingWarnings(new Logger(LiveSignals.name));
  private readonly pending = new Map<string, Set<string>>();
  private timer: NodeJS.Timeout | undefined;
  private sending: Promise<void> = Promise.resolve();

  constructor(private readonly database: Database) {}

  /** Sends `word` on `channel` soon; equal words that wait are sent once. A word holds no line break. */
  send(channel: string, word: string): void {
    const words = this.pending.get(channel) ?? new Set();
    this.pending.set(channel, words.add(word));
    this.timer ??= setTimeout(() => this.flush(), TOGETHER_MS);
  }

  /** Sends what waits and resolves when it was sent. */
  async beforeApplicationShutdown(): Promise<void> {
    this.flush();
    await this.sending;
  }

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const messages = [...this.pending].flatMap(([channel, words]) =>
      packed([...words]).map((message): [string, string] => [channel, message]),
    );
    this.pending.clear();
    if (messages.length === 0) return;
    this.sending = this.sending.then(() => this.notify(messages));
  }

  private async notify(messages: readonly [string, string][]): Promise<void> {
    try {
      await this.database.outside(() =>
        this.database.query('SELECT pg_notify(c, m) FROM unnest($1::text[], $2::text[]) AS s (c, m)', [
          messages.map(([channel]) => channel),
          messages.map(([, message]) => message),
        ]),
      );
    } catch (error) {
      this.warnings.warn('Signals could not be sent', error);
    }
  }
}

/** The words of one message, as {@link LiveSignals} packed them. */
export function wordsOf(message: string): string[] {
  return message.split('\n');
}

function packed(words: readonly string[]): string[] {
  const messages: string[] = [];
  let message = '';
  for (const word of words) {
    const longer = message === '' ? word : `${message}\n${word}`;
    if (message !== '' && Buffer.byteLength(longer) > MOST_BYTES) {
      messages.push(message);
      message = word;
    } else message = longer;
  }
  if (message !== '') messages.push(message);
  return messages;
}
