import type { INestApplicationContext } from '@nestjs/common';
import type { TenantName } from '../../modules/operations/data/run-survey.repository.js';
import type { RunView } from '../../modules/operations/operation-run.service.js';
import { RunSurvey } from '../../modules/operations/run-survey.js';
import { CannotSay } from '../cannot-say.js';
import type { RunCommand } from '../command-line.js';
import { EXIT } from '../exit-codes.js';
import { writeLines, type Terminal } from '../terminal.js';
import { jsonText } from '../text/clean-text.js';
import { followRun } from './follow-run.js';
import { detailJson, detailLines } from './run-detail.js';

/** One run with its history, or its progress until it ends. Answers the exit code. */
export async function showRun(
  command: RunCommand,
  context: INestApplicationContext,
  terminal: Terminal,
): Promise<number> {
  const survey = context.get(RunSurvey, { strict: false });
  if (command.follow) {
    const ended = await followRun(command, context, terminal, () => required(survey, command.runId));
    if (ended === undefined) return EXIT.stopped;
    return ended.outcome === 'succeeded' ? EXIT.ok : EXIT.notOk;
  }
  const { run, tenant } = await required(survey, command.runId);
  const history = await survey.history(run);
  if (command.json) writeLines(terminal, [jsonText(detailJson(run, tenant, history), 2)]);
  else writeLines(terminal, detailLines(run, tenant, history, terminal.now()));
  return EXIT.ok;
}

async function required(survey: RunSurvey, runId: string): Promise<{ run: RunView; tenant: TenantName }> {
  const found = await survey.find(runId);
  if (!found) throw new CannotSay(`There is no run ${runId}.`);
  return found;
}
