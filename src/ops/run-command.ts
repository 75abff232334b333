import type { INestApplicationContext } from '@nestjs/common';
import type { Command } from './command-line.js';
import { runDoctor } from './doctor/doctor.command.js';
import { listRuns } from './runs/list-runs.command.js';
import { showRun } from './runs/show-run.command.js';
import type { Terminal } from './terminal.js';

/** Does what a command line asks for, on a context that holds the run engine. Answers the exit code. */
export function runCommand(
  command: Exclude<Command, { name: 'help' }>,
  context: INestApplicationContext,
  terminal: Terminal,
): Promise<number> {
  switch (command.name) {
    case 'doctor':
      return runDoctor(command, context, terminal);
    case 'runs':
      return listRuns(command, context, terminal);
    case 'run':
      return showRun(command, context, terminal);
  }
}
