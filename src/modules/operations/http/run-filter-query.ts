import type { RunOutcome } from '#libs/run-kit/src/run-outcome.js';
import { isId, isUuid } from '../../../platform/http/parse-id.js';
import type { RunFilter, TextFilter } from '../data/run-filter.js';
import type { RunStatus } from '../data/run-row.js';
import type { RunRegistry } from '../registry/run-registry.js';
import { bucketOf } from '../run-view.js';
import type { OperationsQuery } from './operations.dto.js';

const STATES: readonly { status: RunStatus; outcome: RunOutcome }[] = [
  { status: 'queued', outcome: 'pending' },
  { status: 'running', outcome: 'pending' },
  { status: 'completed', outcome: 'succeeded' },
  { status: 'completed', outcome: 'partially_succeeded' },
  { status: 'completed', outcome: 'failed' },
  { status: 'completed', outcome: 'cancelled' },
];

const REASON_CODE = /^[a-z][a-z_]*(\.[a-z][a-z_]*)+$/;

/** The filter that a query string asks for: status, outcome and bucket narrow each other, values of one add up. */
export function filterOf(query: OperationsQuery, registry: RunRegistry): RunFilter {
  const { status, outcome, bucket, type, initiator, from, to, q } = query;
  const states = STATES.filter(
    (state) =>
      (!status || status.includes(state.status)) &&
      (!outcome || outcome.includes(state.outcome)) &&
      (!bucket || bucket.includes(bucketOf(state.status, state.outcome))),
  );
  return {
    ...(status || outcome || bucket ? { states } : {}),
    ...(type ? { types: type } : {}),
    ...(initiator ? initiatorsOf(initiator) : {}),
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
    ...(q === undefined || q.trim() === '' ? {} : { text: textOf(q.trim(), registry) }),
  };
}

function initiatorsOf(given: readonly string[]): Pick<RunFilter, 'initiatorIds' | 'initiatorNames'> {
  const names = given.filter((one) => !isUuid(one));
  return { initiatorIds: given.filter(isUuid), ...(names.length === 0 ? {} : { initiatorNames: names }) };
}

function textOf(text: string, registry: RunRegistry): TextFilter {
  const sought = text.toLowerCase();
  const kinds = registry
    .all()
    .filter(({ type }) => `${type.kind} ${type.label.noun}`.toLowerCase().includes(sought))
    .flatMap(({ type }) => [type.kind, ...type.formerKinds]);
  return {
    contains: text,
    kinds,
    ...(isId(text) ? { runId: text } : {}),
    ...(REASON_CODE.test(sought) ? { reasonCode: sought } : {}),
  };
}
