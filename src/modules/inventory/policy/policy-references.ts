import type { PolicyType } from '#libs/graph-client/src/catalogue/policy-type.js';
import type { NormalisedPolicy } from './canonical-policy.js';
import { isObject } from './json.js';
import { valuesAt } from './secret-path.js';

/** One thing that a policy refers to. */
export interface PolicyReference {
  /** A key of the catalogue, or `group`, `user`, `application`, `role`, `policyTemplate` for what it does not hold. */
  toType: string;
  /** Graph's id of it; in lower case where ids are GUIDs. */
  toExternalId: string;
  /** `assignment`, `exclusion`, `assignmentFilter`, `scopeTag`, `template`, else the path of the property. */
  via: string;
}

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const NOTHING = '00000000-0000-0000-0000-000000000000';
/** What the directory holds is named by GUIDs alone; words such as `All` and `GuestsOrExternalUsers` are no things. */
const OF_DIRECTORY: ReadonlySet<string> = new Set(['group', 'user', 'application', 'role']);

/** Everything that a policy refers to, each once, in no order. */
export function referencesOf(type: PolicyType, { content, raw }: NormalisedPolicy): PolicyReference[] {
  const found = new Map<string, PolicyReference>();
  const add = (toType: string, id: unknown, via: string): void => {
    if (typeof id !== 'string' || id === '' || id === NOTHING) return;
    const isGuid = GUID.test(id);
    if (OF_DIRECTORY.has(toType) && !isGuid) return;
    const toExternalId = isGuid ? id.toLowerCase() : id;
    found.set(JSON.stringify([toType, toExternalId, via]), { toType, toExternalId, via });
  };
  for (const { target, groupId, filterId } of content.assignments) {
    add('group', groupId, target === 'exclusionGroup' ? 'exclusion' : 'assignment');
    add('assignmentFilter', filterId, 'assignmentFilter');
  }
  const tags = type.scopeTagField === null ? [] : raw[type.scopeTagField];
  if (Array.isArray(tags)) for (const tag of tags as unknown[]) add('roleScopeTag', tag, 'scopeTag');
  const { templateReference } = raw;
  if (isObject(templateReference)) add('policyTemplate', templateReference['templateId'], 'template');
  for (const { path, to } of type.references ?? []) for (const id of valuesAt(raw, path)) add(to, id, path);
  return [...found.values()];
}
