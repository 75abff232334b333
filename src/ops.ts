import 'reflect-metadata';
import { CannotSay, isUnreachable, sentenceOf } from './ops/cannot-say.js';
import { parseCommand, USAGE, type Command } from './ops/command-line.js';
import { EXIT } from './ops/exit-codes.js';
import { processTerminal } from './ops/process-terminal.js';
import type { Terminal } from './ops/terminal.js';
import { operatorEnvironment } from './platform/config/operator-environment.js';
import type { Settings } from './platform/config/settings.js';
import { keptDatabaseUrl } from './start/postgres/kept-database.js';
import { StartError } from './start/start-error.js';

/**
 * The tool of whoever operates the machine: `npm run ops -- help`. It sees every tenant by its nature, because a queue
 * and its workers serve all of them; who may run it is decided by who has `DATABASE_URL`.
 */
async function main(terminal: Terminal): Promise<number> {
  const command = parseCommand(process.argv.slice(2));
  if (command.name !== 'help') return answer(command, terminal);
  terminal.write(USAGE);
  return EXIT.ok;
}

async function answer(command: Exclude<Command, { name: 'help' }>, terminal: Terminal): Promise<number> {
  const { settings, embeddedIn } = await findDatabase();
  try {
    return await onContext(command, settings, terminal);
  } catch (error) {
    if (embeddedIn === undefined || !isUnreachable(error)) throw error;
    throw new CannotSay(`Nothing runs in ${embeddedIn}; start it with npm start, or set DATABASE_URL.`);
  }
}

/** The environment's database, or else the one that `npm start` runs on this machine. */
async function findDatabase(): Promise<{ settings: Settings; embeddedIn: string | undefined }> {
  const { databaseUrl, dataDir, settingsFor } = operatorEnvironment();
  if (databaseUrl !== undefined) return { settings: settingsFor(databaseUrl), embeddedIn: undefined };
  const kept = await keptDatabaseUrl(dataDir);
  if (kept !== undefined) return { settings: settingsFor(kept), embeddedIn: dataDir };
  throw new CannotSay(`DATABASE_URL is not set, and npm start keeps no database in ${dataDir}.`);
}

/** What the engine needs is loaded here, so that a wrong word is answered without it. */
async function onContext(
  command: Exclude<Command, { name: 'help' }>,
  settings: Settings,
  terminal: Terminal,
): Promise<number> {
  const [{ NestFactory }, { OpsModule }, { runCommand }] = await Promise.all([
    import('@nestjs/core'),
    import('./contexts/ops.module.js'),
    import('./ops/run-command.js'),
  ]);
  const context = await NestFactory.createApplicationContext(OpsModule.on(settings), {
    logger: false,
    abortOnError: false,
  });
  try {
    return await runCommand(command, context, terminal);
  } finally {
    await context.close();
  }
}

const terminal = processTerminal();
try {
  process.exitCode = await main(terminal);
} catch (error) {
  if (terminal.stop.aborted) {
    process.exitCode = EXIT.stopped;
  } else {
    process.stderr.write(`${error instanceof StartError ? error.message : sentenceOf(error)}\n`);
    process.exitCode = EXIT.cannotSay;
  }
}
