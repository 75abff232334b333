import { parseArgs } from 'node:util';
import { CannotSay } from './cannot-say.js';

export interface DoctorCommand {
  name: 'doctor';
  repair: boolean;
  /** Counts every completed run too. */
  deep: boolean;
  json: boolean;
}

export interface RunsCommand {
  name: 'runs';
  /** A tenant's name or id. */
  tenant?: string;
  /** As typed; `active` is any of the active ones. */
  states: readonly string[];
  type?: string;
  limit: number;
  json: boolean;
}

export interface RunCommand {
  name: 'run';
  runId: string;
  follow: boolean;
  json: boolean;
}

export type Command = { name: 'help' } | DoctorCommand | RunsCommand | RunCommand;

const LIMIT = { usual: 20, most: 1_000 };
const LARGEST_ID = 9_223_372_036_854_775_807n;

export const USAGE = `Usage: npm run ops -- COMMAND

  doctor [--repair] [--deep] [--json]
      Compares the runs of all tenants with the rings that wait for workers, and their schedules with the bells that
      ring for them, and says what diverges.
      --repair  repairs it as a worker's sweep does; every repair stands in the run's history
      --deep    also counts every completed run and compares the totals of Monitoring

  runs [--tenant NAME|ID] [--status STATUS]... [--type TYPE] [--limit N] [--json]
      The newest runs of all tenants. STATUS: queued, running, active, succeeded, partially_succeeded,
      failed, cancelled. N: ${LIMIT.usual} unless told, ${LIMIT.most} at most.

  run ID [--follow] [--json]
      One run with its history and failures. --follow shows its progress until it ends; Ctrl-C leaves it alone.

Exit code: 0 healthy, or the run succeeded; 1 divergence that is still there, or the run did not succeed;
2 could not say, and why.
It sees every tenant: it is for whoever operates the machine and has its DATABASE_URL (and REDIS_URL, where the
workers have one). Without DATABASE_URL it finds the database of npm start in DATA_DIR.
`;

const OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  json: { type: 'boolean' },
  repair: { type: 'boolean' },
  deep: { type: 'boolean' },
  tenant: { type: 'string' },
  status: { type: 'string', multiple: true },
  type: { type: 'string' },
  limit: { type: 'string' },
  follow: { type: 'boolean', short: 'f' },
} as const;

type Option = Exclude<keyof typeof OPTIONS, 'help'>;

const TAKES: Readonly<Record<Exclude<Command['name'], 'help'>, readonly Option[]>> = {
  doctor: ['repair', 'deep', 'json'],
  runs: ['tenant', 'status', 'type', 'limit', 'json'],
  run: ['follow', 'json'],
};

/** @throws CannotSay with what is wrong in one sentence */
export function parseCommand(args: readonly string[]): Command {
  const { values, positionals } = parsed(args);
  const [name, ...rest] = positionals;
  if (values.help === true || name === undefined || name === 'help') return { name: 'help' };
  if (name !== 'doctor' && name !== 'runs' && name !== 'run') throw misused(`There is no command "${name}".`);
  const strange = Object.keys(values).find((option) => !TAKES[name].includes(option as Option));
  if (strange !== undefined) throw misused(`${name} takes no --${strange}.`);
  if (rest.length > (name === 'run' ? 1 : 0)) throw misused(`"${rest.at(-1)}" is one word too many for ${name}.`);
  const json = values.json === true;
  switch (name) {
    case 'doctor':
      return { name, repair: values.repair === true, deep: values.deep === true, json };
    case 'runs':
      return {
        name,
        ...(values.tenant === undefined ? {} : { tenant: values.tenant }),
        ...(values.type === undefined ? {} : { type: values.type }),
        states: (values.status ?? []).flatMap((text) => text.split(',')).map(normalised),
        limit: limitOf(values.limit),
        json,
      };
    case 'run':
      return { name, runId: runIdOf(rest[0]), follow: values.follow === true, json };
  }
}

function parsed(
  args: readonly string[],
): ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>> {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    const [sentence = ''] = (error as Error).message.split(/\.\s|\.$/); // the sentences after it explain the shell
    throw misused(`${sentence}.`);
  }
}

function limitOf(text = String(LIMIT.usual)): number {
  const limit = /^\d{1,6}$/.test(text) ? Number(text) : NaN;
  if (limit >= 1 && limit <= LIMIT.most) return limit;
  throw misused(`--limit must be a whole number from 1 to ${LIMIT.most}.`);
}

function runIdOf(text: string | undefined): string {
  if (text === undefined) throw misused('Name the run: run ID.');
  if (/^[1-9]\d{0,18}$/.test(text) && BigInt(text) <= LARGEST_ID) return text;
  throw misused(`"${text}" is not a run's id, which is a number.`);
}

function normalised(status: string): string {
  return status
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');
}

function misused(sentence: string): CannotSay {
  return new CannotSay(`${sentence} "npm run ops -- help" says what there is.`);
}
