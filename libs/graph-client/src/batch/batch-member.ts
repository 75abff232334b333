import { GraphFailure, failureCodeOf } from '../graph-failure.js';
import type { GraphObject } from '../graph-object.js';
import { retryAfterMs } from '../retry/retry-after.js';
import { PassingFault, isPassing } from '../retry/retry-plan.js';
import { readGraphError, record } from '../transport/error-body.js';

export type BatchReply = { ok: true; body: GraphObject } | { ok: false; failure: GraphFailure };

/** One answer inside `{responses: [...]}` as the wire has it; ids may come back as numbers. */
export interface MemberAnswer {
  status: number;
  headers: Readonly<Record<string, unknown>>;
  body: unknown;
}

/** The answers of a batch by the id they were sent with; those without id or status are left out. */
export function answersOf(reply: Record<string, unknown>): Map<string, MemberAnswer> {
  const answers = new Map<string, MemberAnswer>();
  const responses = reply['responses'];
  for (const entry of Array.isArray(responses) ? responses : []) {
    const answer = record(entry);
    const id = answer?.['id'];
    const status = answer?.['status'];
    if ((typeof id !== 'string' && typeof id !== 'number') || typeof status !== 'number') continue;
    answers.set(String(id), { status, headers: record(answer?.['headers']) ?? {}, body: answer?.['body'] });
  }
  return answers;
}

/** What a member's answer means: a settled reply, or a fault that another batch may cure. */
export function readMember(path: string, answer: MemberAnswer | undefined, now: number): BatchReply | PassingFault {
  const where = `GET ${path.split('?')[0] ?? ''} in $batch`;
  if (!answer) return new PassingFault(new GraphFailure('graph.protocol', { detail: `${where}: no answer` }));
  const { status } = answer;
  const requestId = headerOf(answer, 'request-id');
  const body = record(answer.body);
  if (status >= 200 && status < 300) {
    if (body) return { ok: true, body };
    if (status !== 200) return { ok: true, body: {} };
    const detail = `${where}: the answer is not a JSON object`;
    return new PassingFault(new GraphFailure('graph.protocol', { status, requestId, detail }));
  }
  const error = readGraphError(body);
  const failure = new GraphFailure(failureCodeOf(status, error.graphCode), {
    status,
    graphCode: error.graphCode,
    requestId: requestId ?? error.requestId,
    detail: `${where}: ${status} ${error.graphCode ?? ''} ${error.message}`.replace(/ +/g, ' '),
  });
  if (!isPassing(status)) return { ok: false, failure };
  return new PassingFault(failure, retryAfterMs(headerOf(answer, 'retry-after'), now));
}

/** Header names inside a batch come in any case. */
function headerOf(answer: MemberAnswer, name: string): string | undefined {
  const found = Object.entries(answer.headers).find(([key]) => key.toLowerCase() === name)?.[1];
  return typeof found === 'string' || typeof found === 'number' ? String(found) : undefined;
}
