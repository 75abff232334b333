import { bodiesOf, isBody, textOf, type GraphBody, type JsonValue } from '../src/store/graph-body.js';
import type { GeneratedObject } from '../src/demo/generated/generated-object.js';
import type { generatedContent } from '../src/demo/generated/generated-tenants.js';

export type GeneratedContent = ReturnType<typeof generatedContent>;

export function nameOf({ object }: GeneratedObject): string {
  return textOf(object, 'name') ?? textOf(object, 'displayName') ?? textOf(object, 'tokenName') ?? '';
}

export function targetsOf({ children }: Pick<GeneratedObject, 'children'>): GraphBody[] {
  return (children.assignments ?? []).map((assignment) => assignment.target).filter((target) => isBody(target));
}

/** Objects whose assignments were planned: tenant defaults and what nobody is assigned to apart. */
export function assignableOf({ objects }: GeneratedContent): GeneratedObject[] {
  return objects.filter(
    ({ children, builtIn, collection, object }) =>
      children.assignments !== undefined &&
      !builtIn &&
      collection !== 'deviceComplianceScripts' &&
      object.priority !== 0,
  );
}

/** What an object refers to, by id: the kind of thing meant, where the id stands. */
interface Reference {
  kind: string;
  id: string | undefined;
  inDirectory: boolean;
}

function referencesOf({ collection, object, children }: GeneratedObject): Reference[] {
  const found: Reference[] = [];
  const texts = (value: JsonValue | undefined) =>
    (Array.isArray(value) ? value : [value]).filter((id) => typeof id === 'string');
  const refer = (kind: string, value: JsonValue | undefined) =>
    found.push(...texts(value).map((id) => ({ kind, id, inDirectory: kind === 'group' })));
  for (const target of targetsOf({ children })) {
    refer('group', target.groupId);
    refer('filter', target.deviceAndAppManagementAssignmentFilterId);
  }
  refer('scope tag', object.roleScopeTagIds ?? object.roleScopeTags);
  refer('app of a status page', object.selectedMobileAppIds);
  refer('app of a configuration', object.targetedMobileApps);
  refer('group', object.members);
  refer('group', object.resourceScopes);
  if (isBody(object.roleDefinition)) refer('role', object.roleDefinition.id);
  if (collection === 'intents') refer('template', object.templateId);
  if (isBody(object.deviceCompliancePolicyScript))
    refer('script', object.deviceCompliancePolicyScript.deviceComplianceScriptId);
  for (const action of (children.scheduledActionsForRule ?? []).flatMap((rule) =>
    bodiesOf(rule, 'scheduledActionConfigurations'),
  )) {
    refer(
      'mail',
      texts(action.notificationTemplateId).filter((id) => !id.startsWith('00000000-')),
    );
    refer('group', action.notificationMessageCCList);
  }
  for (const { definition } of children.definitionValues ?? [])
    found.push({
      kind: 'definition',
      id: isBody(definition) ? textOf(definition, 'id') : undefined,
      inDirectory: false,
    });
  for (const { payloadId } of children.items ?? []) refer('item of a set', payloadId);
  for (const { targetId } of children.relationships ?? []) refer('related app', targetId);
  for (const { id } of children.roleScopeTags ?? []) refer('scope tag', id);
  for (const id of JSON.stringify(children.settings ?? []).matchAll(/ReferenceSettingValue".*?"value":"([^"]+)"/g))
    refer('reusable setting', id[1]);
  if (isBody(object.conditions)) {
    const { users, locations } = object.conditions;
    if (isBody(users)) {
      refer('group', users.includeGroups);
      refer('group', users.excludeGroups);
    }
    if (isBody(locations))
      refer(
        'location',
        texts(locations.excludeLocations).filter((id) => id !== 'AllTrusted'),
      );
  }
  return found;
}

/** The kinds of things that objects refer to and that do not exist, one entry per reference, and the groups that do and are used. */
export function checkReferences({ objects, groups }: GeneratedContent): { missing: string[]; groupsUsed: number } {
  const ids = new Set(objects.map(({ object }) => object.id));
  const groupIds = new Set(groups.map(({ id }) => id));
  const references = objects.flatMap(referencesOf);
  const exists = ({ id, inDirectory }: Reference) => id !== undefined && (inDirectory ? groupIds : ids).has(id);
  const used = references.filter((reference) => reference.inDirectory && exists(reference)).map(({ id }) => id);
  return {
    missing: references.filter((reference) => !exists(reference)).map(({ kind }) => kind),
    groupsUsed: new Set(used).size,
  };
}
