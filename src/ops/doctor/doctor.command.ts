import type { INestApplicationContext } from '@nestjs/common';
import { RunDoctor } from '../../modules/operations/recovery/run-doctor.js';
import { BellDoctor } from '../../modules/schedules/bell-doctor.facade.js';
import type { DoctorCommand } from '../command-line.js';
import { EXIT } from '../exit-codes.js';
import { writeLines, type Terminal } from '../terminal.js';
import { jsonText } from '../text/clean-text.js';
import { isWell, type CheckUp, type Repaired } from './check-up.js';
import { comparisonLines, doctorJson, repairLines, verdictLines } from './doctor-report.js';

/** Compares rows and transport, repairs when asked to, and looks again. Answers the exit code. */
export async function runDoctor(
  command: DoctorCommand,
  context: INestApplicationContext,
  terminal: Terminal,
): Promise<number> {
  const runs = context.get(RunDoctor, { strict: false });
  const bells = context.get(BellDoctor, { strict: false });
  const examine = async (): Promise<CheckUp> => ({ ...(await runs.examine(command)), bells: await bells.examine() });
  const write = (lines: readonly string[]): void => {
    if (!command.json) writeLines(terminal, lines);
  };
  let checkUp = await examine();
  write([...comparisonLines(checkUp), ...verdictLines(checkUp)]);
  let repaired: Repaired | undefined;
  if (command.repair && !isWell(checkUp)) {
    const { hung, takenDown } = await bells.repair();
    repaired = { ...(await runs.repair(command)), bellsHung: hung, bellsTakenDown: takenDown };
    checkUp = await examine();
    write([...repairLines(repaired), ...verdictLines(checkUp)]);
  }
  if (command.json) writeLines(terminal, [jsonText(doctorJson(checkUp, repaired), 2)]);
  return isWell(checkUp) ? EXIT.ok : EXIT.notOk;
}
