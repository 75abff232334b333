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

/** Binds a value and answers its placeholder. */
export type Bind = (value: SqlValue) => string;

/** The indexed text of a run; the expression is that of the index `operation_runs_text`. */
const TEXT = `(coalesce(subject_name, '') || ' ' || initiator_name)`;

/**
 * The conditions of a filter, as alternatives: a run that meets one of them is shown. Each alternative asks for one
 * value where it can, so that an index answers it in the order of the page.
 */
export function alternativesOf(filter: RunFilter, bind: Bind): string[] {
  const always: string[] = [];
  if (filter.types) always.push(`type = ANY (${bind([...filter.types])})`);
  if (filter.from) always.push(`created_at >= ${bind(filter.from)}`);
  if (filter.to) always.push(`created_at < ${bind(filter.to)}`);
  const choices = [statesOf(filter, bind), initiatorsOf(filter, bind), textOf(filter, bind)].filter(
    (alternatives) => alternatives.length > 0,
  );
  const combined = choices.reduce<string[][]>(
    (rows, alternatives) => rows.flatMap((row) => alternatives.map((one) => [...row, one])),
    [always],
  );
  return combined.map((conditions) => conditions.join(' AND ')).map((all) => (all === '' ? 'true' : all));
}

function statesOf({ states }: RunFilter, bind: Bind): string[] {
  if (!states) return [];
  const active = states.filter(({ status }) => status !== 'completed').map(({ status }) => status);
  const outcomes = states.filter(({ status }) => status === 'completed').map(({ outcome }) => outcome);
  return [
    ...(active.length === 0 ? [] : [`status IN ('queued', 'running') AND status = ANY (${bind(active)})`]),
    ...outcomes.map((outcome) => `status = 'completed' AND outcome = ${bind(outcome)}`),
    ...(states.length === 0 ? ['false'] : []),
  ];
}

function initiatorsOf({ initiatorIds = [], initiatorNames = [] }: RunFilter, bind: Bind): string[] {
  return [
    ...initiatorIds.flatMap((id) => bothParts(`user_id = ${bind(id)}::uuid`)),
    ...initiatorNames.flatMap((name) => {
      const pattern = bind(containing(name));
      return bothParts(`${TEXT} ILIKE ${pattern} AND initiator_name ILIKE ${pattern}`);
    }),
  ];
}

function textOf({ text }: RunFilter, bind: Bind): string[] {
  if (!text) return [];
  return [
    ...bothParts(`${TEXT} ILIKE ${bind(containing(text.contains))}`),
    ...(text.kinds.length === 0 ? [] : [`type = ANY (${bind([...text.kinds])})`]),
    ...(text.runId === undefined ? [] : [`id = ${bind(text.runId)}::bigint`]),
    ...(text.reasonCode === undefined
      ? []
      : ['failed', 'partially_succeeded', 'cancelled'].map(
          (outcome) =>
            `status = 'completed' AND outcome = '${outcome}'
             AND failure_summary @> jsonb_build_array(jsonb_build_object('code', ${bind(text.reasonCode ?? '')}::text))`,
        )),
  ];
}

/** Indexes over the long history hold completed runs only; the few active ones have an index of their own. */
function bothParts(condition: string): string[] {
  return [`status = 'completed' AND ${condition}`, `status IN ('queued', 'running') AND ${condition}`];
}

/** A LIKE pattern that finds `text` literally, wherever it stands. */
function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}
