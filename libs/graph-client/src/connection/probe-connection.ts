import type { BatchReply } from '../batch/batch-member.js';
import { createGraphClient } from '../graph-client.js';
import { GraphFailure } from '../graph-failure.js';
import { saysNoLicence } from '../licence-refusal.js';
import type { GraphLimits } from '../graph-limits.js';
import { createMsalTokenSource, type MsalTokenSettings } from '../token-source.js';
import type { GraphObserver } from '../transport/graph-observer.js';
import type { ConnectionCode, ConnectionFinding } from './connection-finding.js';
import { grantedRoles } from './granted-roles.js';
import { loginFinding } from './login-finding.js';
import { leastPermissions, missingPermissions, type PermissionNeed } from './permission-needs.js';

/** Somebody waits: a passing fault gets one more try and no long wait. */
const IMPATIENT: Partial<GraphLimits> = {
  maxAttempts: 2,
  callBudgetMs: 12_000,
  attemptTimeoutMs: 6_000,
  backoffBaseMs: 1_000,
  backoffCapMs: 1_000,
};

export interface ProbeSettings {
  login: MsalTokenSettings;
  graphOrigin: string;
  needs: readonly PermissionNeed[];
  /** All of it has to end in this time. */
  deadlineMs: number;
  observer?: GraphObserver;
}

/**
 * Tries a connection out: asks the login for a new token, looks at the permissions in it, then reads one object of each
 * kind in one batch. Everything that can be wrong with a connection is a finding; nothing is thrown for it.
 */
export async function probeConnection(settings: ProbeSettings): Promise<ConnectionFinding> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), settings.deadlineMs);
  try {
    return await probe(settings, stop.signal);
  } finally {
    clearTimeout(timer);
  }
}

async function probe(settings: ProbeSettings, signal: AbortSignal): Promise<ConnectionFinding> {
  const { login, needs, graphOrigin, observer } = settings;
  const tokens = createMsalTokenSource(login);
  let roles: string[] | undefined;
  try {
    roles = grantedRoles(await tokens.token({ signal }));
  } catch (error) {
    if (signal.aborted) return { code: 'login_unreachable', missing: [] };
    return loginFinding(expectFailure(error), login.certificate === undefined ? 'secret' : 'certificate');
  }
  const missing = roles === undefined ? [] : missingPermissions(needs, roles);
  if (missing.length > 0) return { code: roles?.length === 0 ? 'no_consent' : 'permissions_missing', missing };
  const graph = createGraphClient({ graphOrigin, tokens, limits: IMPATIENT, ...(observer ? { observer } : {}) });
  try {
    const requests = needs.map(({ path, query }, index) => ({ id: String(index), path, ...(query ? { query } : {}) }));
    return graphFinding(needs, await graph.batch(requests, { signal }), roles !== undefined);
  } catch (error) {
    if (signal.aborted) return { code: 'graph_unreachable', missing: [] };
    return { ...told(expectFailure(error)), code: codeOf(expectFailure(error)) };
  }
}

/** What the answers of the batch say, the most serious first. */
function graphFinding(
  needs: readonly PermissionNeed[],
  replies: ReadonlyMap<string, BatchReply>,
  rolesKnown: boolean,
): ConnectionFinding {
  const refused = needs.flatMap((need, index) => {
    const reply = replies.get(String(index));
    return reply === undefined || reply.ok ? [] : [{ need, failure: reply.failure }];
  });
  const passing = refused.find(({ failure }) => codeOf(failure) === 'throttled' || isOut(failure));
  if (passing) return { ...told(passing.failure), code: codeOf(passing.failure) };
  const unlicensed = refused.filter(({ need, failure }) => lacksLicence(need, failure));
  const forbidden = refused.filter(
    ({ need, failure }) => failure.code === 'graph.forbidden' && !lacksLicence(need, failure),
  );
  const [first] = forbidden;
  if (first !== undefined) {
    // The token has the permission, so it is something else that keeps the app out.
    if (rolesKnown) return { ...told(first.failure), code: 'graph_refused' };
    const missing = leastPermissions(forbidden.map(({ need }) => need));
    const all = forbidden.length === needs.length;
    return { ...told(first.failure), code: all ? 'no_consent' : 'permissions_missing', missing };
  }
  const [without] = unlicensed;
  if (without === undefined) return { code: 'connected', missing: [] };
  const missing = [...new Set(unlicensed.map(({ need }) => need.licence ?? INTUNE))];
  return { ...told(without.failure), code: 'licence_missing', missing };
}

const INTUNE = 'Microsoft Intune';

function lacksLicence(need: PermissionNeed, failure: GraphFailure): boolean {
  if (saysNoLicence(failure)) return true;
  return need.licence !== undefined && failure.code === 'graph.not_found';
}

function isOut(failure: GraphFailure): boolean {
  return failure.code === 'graph.unavailable' || failure.code === 'graph.protocol';
}

function codeOf(failure: GraphFailure): ConnectionCode {
  if (failure.code === 'graph.throttled') return 'throttled';
  return isOut(failure) ? 'graph_unreachable' : 'graph_refused';
}

function told({ requestId }: GraphFailure): { missing: string[]; requestId?: string } {
  return { missing: [], ...(requestId === undefined ? {} : { requestId }) };
}

function expectFailure(error: unknown): GraphFailure {
  if (error instanceof GraphFailure) return error;
  throw error;
}
