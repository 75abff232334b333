import type { RunOutcome } from '#libs/run-kit/src/run-outcome.js';
import type { SqlValue } from '../../../platform/database/database.js';
import type { RunStatus } from './run-row.js';

/** What a list of runs is narrowed by; what is left out does not narrow it. */
export interface RunFilter {
  /** Pairs of status and outcome; a run is shown when it is in one of them. */
  states?: readonly { status: RunStatus; outcome: RunOutcome }[];
  types?: readonly string[];
  initiatorIds?: readonly string[];
  initiatorNames?: readonly string[];
  /** Created at or after. */
  from?: Date;
  /** Created before. */
  to?: Date;
  text?: TextFilter;
}

/** What a person typed, and what it may mean. */
export interface TextFilter {
  /** Part of a subject's or an initiator's name. */
  contains: string;
  /** Kinds whose label contains it. */
  kinds: readonly string[];
  runId?: string;
  reasonCode?: string;
}

/** As only the index of their pages has it: with their states, any index over active runs might be read whole. */
const ACTIVE = 'completed_at IS NULL';
const COMPLETED = `status = 'completed'`;
/** More types than this are asked for together, without the order of an index. */
const MOST_TYPES = 12;
/** To plan more branches than this takes longer than what their indexes save. A text in all states has as many. */
const MOST_BRANCHES = 25;

/** Binds a value and answers its placeholder. */
export type Bind = (value: SqlValue) => string;

/** A run's text, as the index `operation_runs_text` and the statistics `operation_runs_text_words` have it. */
const TEXT = `(coalesce(subject_name, '') || ' ' || initiator_name)`;
/** The same text in a form that no index has. */
const UNINDEXED_TEXT = `(${TEXT} || '')`;
/** Without this there is no trigram to look up, and the index would answer with the runs of all tenants. */
const HAS_TRIGRAM = /[\p{L}\p{N}]{3}/u;

/** Whether all runs of a span of time are asked for, which one index has in the order of the page. */
export function narrowsByTimeAlone({ states, types, initiatorIds, initiatorNames, text }: RunFilter): boolean {
  return !(states ?? types ?? initiatorIds ?? initiatorNames ?? text);
}

/**
 * Whether one index has the runs of the filter in the order of the page, for a large tenant and for a small one. Between
 * two indexes the right one depends on how much of either a tenant has.
 */
export function narrowsByOneThing({ states, types, initiatorIds }: RunFilter): boolean {
  return [states, types, initiatorIds].filter((given) => given !== undefined).length <= 1;
}

/**
 * The conditions of a filter, as alternatives: a run that meets one of them is shown. The indexes over the long history
 * hold completed runs only, and the few active ones have an index of their own, so a filter asks each part for itself.
 * Each alternative asks for one value where it can, so that an index answers it in the order of the page; what would make
 * too many of them is asked for together.
 */
export function alternativesOf(filter: RunFilter, bind: Bind): string[] {
  const times = [
    ...(filter.from ? [`created_at >= ${bind(filter.from)}`] : []),
    ...(filter.to ? [`created_at < ${bind(filter.to)}`] : []),
  ];
  if (narrowsByTimeAlone(filter)) return [conjunction(times)];
  const parts = partsOf(filter, bind);
  let branches = parts.length;
  let combined: string[][] = [times];
  for (const alternatives of [textOf(filter, bind), initiatorsOf(filter, bind), typesOf(filter, bind)]) {
    if (alternatives.length === 0) continue;
    const apart = branches * alternatives.length <= MOST_BRANCHES;
    const asked = apart ? alternatives : [`(${alternatives.join(' OR ')})`];
    branches *= asked.length;
    combined = combined.flatMap((row) => asked.map((one) => [...row, one]));
  }
  return parts.flatMap((part) => combined.map((conditions) => conjunction([part, ...conditions])));
}

/** The part of the table, and the states in it, that a filter admits; `false` where it admits none. */
function partsOf({ states }: RunFilter, bind: Bind): string[] {
  if (!states) return [COMPLETED, ACTIVE];
  const active = states.filter(({ status }) => status !== 'completed').map(({ status }) => status);
  const outcomes = states.filter(({ status }) => status === 'completed').map(({ outcome }) => outcome);
  const parts = [
    ...(active.length === 0 ? [] : [`${ACTIVE} AND status = ANY (${bind(active)})`]),
    ...outcomes.map((outcome) => `${COMPLETED} AND outcome = ${bind(outcome)}`),
  ];
  return parts.length === 0 ? ['false'] : parts;
}

function typesOf({ types = [] }: RunFilter, bind: Bind): string[] {
  if (types.length > MOST_TYPES) return [`type = ANY (${bind([...types])})`];
  return types.map((type) => `type = ${bind(type)}`);
}

function initiatorsOf({ initiatorIds = [], initiatorNames = [] }: RunFilter, bind: Bind): string[] {
  return [
    ...initiatorIds.map((id) => `user_id = ${bind(id)}::uuid`),
    ...initiatorNames.map((name) => initiatorNamed(name, bind(containing(name)))),
  ];
}

/** PostgreSQL multiplies the shares of rows that conditions leave; this form of the second counts as nearly all. */
function initiatorNamed(name: string, pattern: string): string {
  const named = `initiator_name ILIKE ${pattern}`;
  return HAS_TRIGRAM.test(name) ? `(${TEXT} ILIKE ${pattern} AND CASE WHEN ${named} THEN 1 ELSE 0 END <> 0)` : named;
}

function textOf({ text }: RunFilter, bind: Bind): string[] {
  if (!text) return [];
  return [
    `${HAS_TRIGRAM.test(text.contains) ? TEXT : UNINDEXED_TEXT} ILIKE ${bind(containing(text.contains))}`,
    ...(text.kinds.length === 0 ? [] : [`type = ANY (${bind([...text.kinds])})`]),
    ...(text.runId === undefined ? [] : [`id = ${bind(text.runId)}::bigint`]),
    ...(text.reasonCode === undefined
      ? []
      : ENDED_BADLY.map(
          (outcome) =>
            `outcome = '${outcome}'
             AND failure_summary @> jsonb_build_array(jsonb_build_object('code', ${bind(text.reasonCode ?? '')}::text))`,
        )),
  ];
}

/** Outcomes that come with reasons. */
const ENDED_BADLY = ['failed', 'partially_succeeded', 'cancelled'];

function conjunction(conditions: readonly string[]): string {
  return conditions.length === 0 ? 'true' : conditions.join(' AND ');
}

/** A LIKE pattern that finds `text` literally, wherever it stands. */
function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}
