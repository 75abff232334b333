import { problemDocument } from '../../errors/problem.js';
import type { ReadinessReport } from './readiness.js';

export interface HealthAnswer {
  status: number;
  contentType: string;
  body: Record<string, unknown>;
}

/** That it comes at all says it: the process is up and its event loop turns. It asks nothing else. */
export const LIVE: HealthAnswer = { status: 200, contentType: 'application/json', body: { status: 'ok' } };

/** 200, or 503 as a problem; both name every check. Not thrown, since a probe's 503 is an answer and no failure of ours. */
export function readyAnswer({ ready, checks }: ReadinessReport, correlationId: string): HealthAnswer {
  if (ready) return { status: 200, contentType: 'application/json', body: { status: 'ok', checks } };
  const problem = {
    status: 503,
    code: 'service.not_ready',
    detail: 'This process cannot serve right now; the checks say what it lacks.',
    body: { checks },
  };
  return {
    status: problem.status,
    contentType: 'application/problem+json',
    body: problemDocument(problem, correlationId),
  };
}
