import { sentenceOf } from '../../../src/ops/cannot-say.js';
import { parseCommand } from '../../../src/ops/command-line.js';
import { EXIT } from '../../../src/ops/exit-codes.js';
import { runCommand } from '../../../src/ops/run-command.js';
import type { Terminal } from '../../../src/ops/terminal.js';
import type { StartedEngine } from '../operations/started-engine.js';

/** A command under way, and what it has written so far. */
export interface Typed {
  /** The exit code. */
  ended: Promise<number>;
  text(): string;
  pressCtrlC(): void;
}

/** Types `npm run ops -- <args>` at a terminal, on the engine of a test instead of a process of its own. */
export function type(engine: StartedEngine, args: readonly string[], options: { interactive?: boolean } = {}): Typed {
  const stop = new AbortController();
  let text = '';
  const terminal: Terminal = {
    write: (words) => void (text += words),
    interactive: options.interactive ?? false,
    columns: () => 100,
    now: () => new Date(),
    stop: stop.signal,
  };
  const run = async (): Promise<number> => {
    try {
      const command = parseCommand(args);
      if (command.name === 'help') throw new Error('Help is for the process.');
      return await runCommand(command, engine.context, terminal);
    } catch (error) {
      text += `${sentenceOf(error)}\n`;
      return EXIT.cannotSay;
    }
  };
  return { ended: run(), text: () => text, pressCtrlC: () => stop.abort() };
}

/** The same, to its end. */
export async function ops(engine: StartedEngine, ...args: string[]): Promise<{ code: number; text: string }> {
  const typed = type(engine, args);
  const code = await typed.ended;
  return { code, text: typed.text() };
}
