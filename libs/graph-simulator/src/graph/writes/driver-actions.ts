import { bodiesOf, textOf, type GraphBody } from '../../store/graph-body.js';
import { graphTime } from '../../store/graph-time.js';
import type { StoredPolicy } from '../../store/tenant-store.js';
import type { GraphReply } from '../graph-errors.js';
import { METADATA_ROOT } from '../representation.js';
import { modelRefusal, refuse } from './refusals.js';
import { bodyOf, store, type WriteContext } from './write-context.js';

/** What each action of `driverApprovalAction` makes of a driver's approval status. */
const APPROVALS: Readonly<Record<string, string>> = { approve: 'approved', decline: 'declined', suspend: 'suspended' };

/**
 * `executeAction` of a driver update profile: the named drivers of its inventory take the status, approved ones from the day of
 * `deploymentDate`. Answers which were found. Throws a 400 refusal for an action that there is not.
 */
export function executeDriverAction(context: WriteContext, policy: StoredPolicy, status: number): GraphReply {
  const { call } = context;
  const body = bodyOf(call);
  const action = textOf(body, 'actionName') ?? '';
  const approvalStatus = APPROVALS[action];
  if (approvalStatus === undefined) throw modelRefusal(call, `Requested value '${action}' was not found.`);
  if (!Array.isArray(body.driverIds)) throw refuse(call, "The request body has to have the list 'driverIds'.");
  const wanted = body.driverIds.map(String);
  const drivers = bodiesOf(policy.body, 'driverInventories');
  const date = textOf(body, 'deploymentDate');
  const changed = drivers.map((driver) =>
    wanted.includes(textOf(driver, 'id') ?? '')
      ? { ...driver, approvalStatus, ...(date === undefined ? {} : { deployDateTime: date }) }
      : driver,
  );
  store(context, policy, { driverInventories: changed }, 'Action');
  const known = new Set(drivers.map(({ id }) => id));
  return {
    status,
    headers: {},
    body: {
      '@odata.context': `${METADATA_ROOT}/${call.version}/$metadata#microsoft.graph.bulkDriverActionResult`,
      successfulDriverIds: wanted.filter((id) => known.has(id)),
      failedDriverIds: [],
      notFoundDriverIds: wanted.filter((id) => !known.has(id)),
    },
  };
}

/** `inventorySyncStatus` after `syncInventory`. */
export function syncedNow({ call }: WriteContext): GraphBody {
  return { lastSuccessfulSyncDateTime: graphTime(call.trace.now), driverInventorySyncState: 'success' };
}
