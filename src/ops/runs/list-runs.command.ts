import type { INestApplicationContext } from '@nestjs/common';
import { RUN_STATES, RunSurvey, type RunState, type SurveyedRun } from '../../modules/operations/run-survey.js';
import { CannotSay } from '../cannot-say.js';
import type { RunsCommand } from '../command-line.js';
import { EXIT } from '../exit-codes.js';
import { writeLines, type Terminal } from '../terminal.js';
import { clean, jsonText, shortened } from '../text/clean-text.js';
import { tableOf, type Column } from '../text/table.js';
import { timeOf } from '../text/words.js';
import { countsOf, workedFor } from './run-words.js';

/** A name longer than this makes lines that no terminal holds. */
const NAME_COLUMNS = 32;

const name = (text: string): string => shortened(clean(text), NAME_COLUMNS);

/** The newest runs of all tenants as a table. Answers the exit code. */
export async function listRuns(
  command: RunsCommand,
  context: INestApplicationContext,
  terminal: Terminal,
): Promise<number> {
  const survey = context.get(RunSurvey, { strict: false });
  const tenantId = command.tenant === undefined ? undefined : await tenantIdOf(survey, command.tenant);
  const states = command.states.length === 0 ? undefined : command.states.flatMap(statesOf);
  const runs = await survey.list({
    limit: command.limit,
    ...(tenantId === undefined ? {} : { tenantId }),
    ...(states === undefined ? {} : { states }),
    ...(command.type === undefined ? {} : { type: command.type }),
  });
  if (command.json) writeLines(terminal, [jsonText(runs, 2)]);
  else if (runs.length === 0) writeLines(terminal, ['No run matches.']);
  else writeLines(terminal, tableOf(columnsAt(terminal.now()), runs));
  return EXIT.ok;
}

async function tenantIdOf(survey: RunSurvey, nameOrId: string): Promise<string> {
  const found = await survey.tenants(nameOrId);
  const [tenant, second] = found;
  if (tenant === undefined) throw new CannotSay(`There is no tenant "${nameOrId}".`);
  if (second !== undefined) {
    throw new CannotSay(
      `Several tenants are called "${nameOrId}"; name one by its id: ${found.map(({ id }) => id).join(', ')}.`,
    );
  }
  return tenant.id;
}

function statesOf(word: string): RunState[] {
  if (word === 'active') return ['queued', 'running'];
  const state = RUN_STATES.find((known) => known === word);
  if (state === undefined) throw new CannotSay(`"${word}" is no status; there are active, ${RUN_STATES.join(', ')}.`);
  return [state];
}

function columnsAt(now: Date): Column<SurveyedRun>[] {
  return [
    { title: 'RUN', text: ({ id }) => id, right: true },
    { title: 'TENANT', text: ({ tenant }) => name(tenant.name) },
    { title: 'WHAT', text: ({ label }) => name(label) },
    { title: 'SUBJECT', text: ({ subject }) => (subject === null ? '-' : name(subject)) },
    { title: 'STATUS', text: ({ bucket, heldUntil }) => (heldUntil === null ? bucket : `${bucket} (held)`) },
    { title: 'COUNTS', text: ({ counts }) => countsOf(counts) },
    { title: 'STARTED BY', text: ({ initiator }) => name(initiator) },
    { title: 'CREATED (UTC)', text: ({ createdAt }) => timeOf(createdAt) },
    { title: 'WORKED', text: (run) => workedFor(run, now), right: true },
  ];
}
