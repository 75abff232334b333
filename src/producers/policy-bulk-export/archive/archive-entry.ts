import { policyType } from '#libs/graph-client/src/catalogue/policy-types.js';
import type { CurrentPolicy, JsonObject } from '../../../modules/inventory/inventory.facade.js';
import { entryPath } from './entry-path.js';

export interface ArchiveEntry {
  path: string;
  text: string;
}

/**
 * A policy as other tools read it: the object of Microsoft Graph in JSON, with its type in it where Graph leaves that out
 * because the collection says it. Secrets are masked since the policy was stored.
 */
export function archiveEntry(policy: CurrentPolicy, stored: JsonObject): ArchiveEntry {
  const said = stored['@odata.type'];
  const odataType = typeof said === 'string' ? said : policyType(policy.type)?.impliedOdataType;
  const object = odataType === undefined ? stored : { '@odata.type': odataType, ...stored };
  const { type, name, externalId } = policy;
  return { path: entryPath({ type, odataType, name, externalId }), text: `${JSON.stringify(object, null, 2)}\n` };
}
