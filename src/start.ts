import { bootWords } from './platform/logging/boot-error.js';
import { startInProduction } from './start/in-production.js';
import { startOneMachine } from './start/one-machine.js';
import { say } from './start/say.js';
import { Stack } from './start/stack.js';
import { StartError } from './start/start-error.js';
import { parseStartPlan } from './start/start-plan.js';

const stack = new Stack();
let stopRequestedAt: number | undefined;

/** One Ctrl-C comes twice under npm: from the terminal, and passed on. What comes this soon is the same one. */
const SAME_SIGNAL_MS = 1_000;

/** The first signal stops everything in order, the second one at once. */
function onSignal(): void {
  if (stopRequestedAt !== undefined) {
    if (performance.now() - stopRequestedAt < SAME_SIGNAL_MS) return;
    say('Stopping at once.');
    stack.kill();
    process.exit(1);
  }
  stopRequestedAt = performance.now();
  say('Stopping; press Ctrl-C again to stop at once.');
  void stack.stop().then(() => {
    say('Stopped.');
    process.exit(0);
  });
}

/** What a person needs to know of an error: a sentence when it was foreseen, the stack when it was not. */
function wordsFor(error: unknown): string {
  return error instanceof StartError ? error.message : bootWords(error);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);

try {
  if (process.env.NODE_ENV === 'production') await startInProduction(process.env, stack, say);
  else await startOneMachine(parseStartPlan(process.env), process.env, stack, say);
} catch (error) {
  if (stopRequestedAt === undefined) {
    process.stderr.write(`${wordsFor(error)}\n`);
    await stack.stop();
    process.exit(1);
  }
}
