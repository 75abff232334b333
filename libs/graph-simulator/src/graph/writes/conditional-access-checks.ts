import { isBody, type GraphBody, type JsonValue } from '../../store/graph-body.js';
import type { GraphCall } from '../graph-call.js';
import { refuse } from './refusals.js';

/** What `conditions.locations` names beside ids. */
const SPECIAL_LOCATIONS = new Set(['All', 'AllTrusted', '00000000-0000-0000-0000-000000000000']);
/** All that conditional access says of a body that it does not take (Micke-K/IntuneManagement#396). */
const MALFORMED = 'The server could not process the request because it is malformed or incorrect.';

/**
 * What conditional access refuses beside the model: named locations that are not there or not yet replicated,
 * `disableResilienceDefaults` false instead of null, and `everyTime` on v1.0 (Microsoft365DSC, Micke-K/IntuneManagement).
 * Throws a 400 refusal.
 */
export function checkConditionalAccess(call: GraphCall, body: GraphBody): void {
  const locations = inside(inside(body.conditions).locations);
  for (const id of [...textsIn(locations.includeLocations), ...textsIn(locations.excludeLocations)]) {
    if (SPECIAL_LOCATIONS.has(id)) continue;
    if (call.tenant.policy(id)?.collection !== 'namedLocations' || call.isYoung(id))
      throw refuse(call, `NamedLocation with id ${id} does not exist in the directory.`);
  }
  const session = inside(body.sessionControls);
  const everyTime = inside(session.signInFrequency).frequencyInterval === 'everyTime';
  if (session.disableResilienceDefaults === false || (everyTime && call.version === 'v1.0'))
    throw refuse(call, MALFORMED);
}

function inside(value: JsonValue | undefined): GraphBody {
  return isBody(value) ? value : {};
}

function textsIn(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.filter((element) => typeof element === 'string') : [];
}
