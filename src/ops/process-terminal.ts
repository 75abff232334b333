import { EXIT } from './exit-codes.js';
import type { Terminal } from './terminal.js';

/** Who does not stop in this time after Ctrl-C is stopped. */
const PATIENCE_MS = 1_500;
/** Where the width is not known. */
const COLUMNS = 80;

/** The terminal, file or pipe that this process was started with. */
export function processTerminal(): Terminal {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      stop.abort();
      setTimeout(() => process.exit(EXIT.stopped), PATIENCE_MS).unref();
    });
  }
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever read has read enough: `npm run ops -- runs | head`.
    process.exit(error.code === 'EPIPE' ? EXIT.ok : EXIT.cannotSay);
  });
  return {
    write: (text) => void process.stdout.write(text),
    interactive: process.stdout.isTTY,
    columns: () => process.stdout.columns ?? COLUMNS,
    now: () => new Date(),
    stop: stop.signal,
  };
}
