import { policyType } from '#libs/graph-client/src/catalogue/policy-types.js';
import type { Layout } from '#libs/policy-folders/src/folder-names.js';
import type { CurrentPolicy, JsonObject } from '../../../modules/inventory/inventory.facade.js';
import { entryPath, graphPathOf } from './entry-path.js';

export interface ArchiveEntry {
  path: string;
  text: string;
}

/** What IntuneCD leaves out of a file and expects absent when it reads one (`IntuneCDBase.remove_keys`). */
const NOT_IN_INTUNE_CD: ReadonlySet<string> = new Set([
  'id',
  'version',
  'createdDateTime',
  'lastModifiedDateTime',
  'modifiedDateTime',
  'isAssigned',
  'supportsScopeTags',
  'deployedAppCount',
  '@odata.context',
]);

/**
 * A policy as other tools read it: the object of Microsoft Graph in JSON, with its type in it where Graph leaves that out
 * because the collection says it. Secrets are masked since the policy was stored. Groups keep their ids in every layout.
 */
export function archiveEntry(layout: Layout, policy: CurrentPolicy, stored: JsonObject): ArchiveEntry {
  const { type, name, externalId } = policy;
  const { '@odata.type': said, technologies } = stored;
  const odataType = typeof said === 'string' ? said : policyType(type)?.impliedOdataType;
  const object = odataType === undefined ? stored : { '@odata.type': odataType, ...stored };
  const subject = { type, odataType, technologies: textOf(technologies), name, externalId };
  return { path: entryPath(layout, subject), text: `${JSON.stringify(shapedFor(layout, type, object), null, 2)}\n` };
}

function shapedFor(layout: Layout, type: string, object: JsonObject): JsonObject {
  switch (layout) {
    case 'intuneManagement':
      return object;
    case 'intuneCd':
      return Object.fromEntries(Object.entries(object).filter(([key]) => !NOT_IN_INTUNE_CD.has(key)));
    case 'graph': {
      const path = graphPathOf(type);
      if (path === undefined) return object;
      return { '@odata.context': `https://graph.microsoft.com/beta/$metadata#${path}/$entity`, ...object };
    }
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
