import type { INestApplicationContext } from '@nestjs/common';
import { isHealthy } from '../../modules/operations/recovery/divergence.js';
import { RunDoctor, type DoctorReport } from '../../modules/operations/recovery/run-doctor.js';
import type { DoctorCommand } from '../command-line.js';
import { EXIT } from '../exit-codes.js';
import { writeLines, type Terminal } from '../terminal.js';
import { jsonText } from '../text/clean-text.js';
import { comparisonLines, doctorJson, repairLines, verdictLines } from './doctor-report.js';

/** Compares rows and transport, repairs when asked to, and looks again. Answers the exit code. */
export async function runDoctor(
  command: DoctorCommand,
  context: INestApplicationContext,
  terminal: Terminal,
): Promise<number> {
  const doctor = context.get(RunDoctor, { strict: false });
  const write = (lines: readonly string[]): void => {
    if (!command.json) writeLines(terminal, lines);
  };
  let examination = await doctor.examine(command);
  write([...comparisonLines(examination), ...verdictLines(examination)]);
  let repaired: DoctorReport | undefined;
  if (command.repair && !isHealthy(examination)) {
    repaired = await doctor.repair(command);
    examination = await doctor.examine(command);
    write([...repairLines(repaired), ...verdictLines(examination)]);
  }
  if (command.json) writeLines(terminal, [jsonText(doctorJson(examination, repaired), 2)]);
  return isHealthy(examination) ? EXIT.ok : EXIT.notOk;
}
