import type { GraphCall } from '../graph/graph-call.js';
import { intuneError, type Family, type GraphReply } from '../graph/graph-errors.js';

const INTUNE_WRITERS = ['Global Administrator', 'Intune Administrator'];
const INTUNE_READERS = [...INTUNE_WRITERS, 'Global Reader', 'Security Reader', 'Security Administrator'];

/**
 * What Intune says to a signed-in user without a role there, whatever scopes the app holds: a delegated token can do no more
 * than its user (microsoft/intune-my-macs#10). undefined for anybody who may go on.
 */
export function deniedToUser(call: GraphCall, family: Family): GraphReply | undefined {
  const { userId } = call.caller;
  if (userId === undefined || family !== 'intune') return undefined;
  const roles = call.tenant.directory.rolesOf(userId);
  const enough = call.method === 'GET' ? INTUNE_READERS : INTUNE_WRITERS;
  if (roles === undefined || roles.some((role) => enough.includes(role))) return undefined;
  return intuneError(call.trace, 403, 'Forbidden', 'User is not authorized to perform this operation');
}
