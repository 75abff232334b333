import { randomUUID } from 'node:crypto';
import { bodiesOf, textOf, without, type GraphBody, type JsonValue } from '../../store/graph-body.js';
import type { StoredPolicy } from '../../store/tenant-store.js';
import { collectionOf } from '../collections.js';
import type { WriteAction } from '../collections/write-spec.js';
import type { GraphReply } from '../graph-errors.js';
import { NO_TOKEN, newToken } from './enrollment-tokens.js';
import { executeDriverAction, syncedNow } from './driver-actions.js';
import { checkScheduledActions } from './body-checks.js';
import { newDefinitionValue, sameDefinition } from './definition-values.js';
import { checkMembers } from './model-check.js';
import { withIds } from './new-children.js';
import { addNew, objectReply } from './object-writes.js';
import { refuse } from './refusals.js';
import { actorOf, bodyOf, store, type WriteContext } from './write-context.js';

/** Endpoint detection cannot be made from its old template (IntuneCD). */
const NOT_CREATABLE_TEMPLATE = 'e44c2ca3-2f9a-400a-a113-6cc88efd773d';

/** POST on an action of an object. Throws GraphRefusal. */
export function performAction(context: WriteContext, policy: StoredPolicy, action: WriteAction): GraphReply {
  const { call } = context;
  switch (action.kind) {
    case 'replace-children':
      replaceChildren(context, policy, action);
      return empty(action.status);
    case 'set-properties':
      store(context, policy, setProperties(context, action.properties), 'Action');
      return empty(action.status);
    case 'definition-values':
      store(context, policy, { definitionValues: changedDefinitionValues(context, policy) }, 'Action');
      return empty(action.status);
    case 'intent-settings':
      store(context, policy, { settings: changedSettings(policy.body, bodiesOf(bodyOf(call), 'settings')) }, 'Action');
      return empty(action.status);
    case 'create-instance':
      return createInstance(context, policy, action.status);
    case 'priority':
      setPriority(context, policy);
      return empty(action.status);
    case 'accept':
      bodyOf(call);
      return empty(action.status);
    case 'copy':
      return copyObject(context, policy, action.status);
    case 'reorder':
      store(context, policy, { priorityMetaData: reordered(context) }, 'Action');
      return empty(action.status);
    case 'driver-approval':
      return executeDriverAction(context, policy, action.status);
    case 'driver-sync':
      store(context, policy, { inventorySyncStatus: syncedNow(context) }, 'Action');
      return empty(action.status);
    case 'create-token':
    case 'revoke-token':
      store(context, policy, action.kind === 'create-token' ? newToken(context) : NO_TOKEN, 'Action');
      return empty(action.status);
    case 'remove':
      call.tenant.delete(policy.id, actorOf(call));
      return empty(action.status);
  }
}

function empty(status: number): GraphReply {
  return { status, headers: {}, body: undefined };
}

/** The same content without what the service and the assignments add; secrets go with it. */
function copyObject(context: WriteContext, policy: StoredPolicy, status: number): GraphReply {
  const { call, spec } = context;
  const given = call.json() === undefined ? {} : bodyOf(call);
  const name = textOf(given, 'displayName') ?? textOf(policy.body, spec.nameField) ?? '';
  const { description = policy.body.description ?? null } = given;
  const copied = addNew(context, { ...policy.body, [spec.nameField]: name, description });
  return objectReply(context, copied, status);
}

function reordered({ call }: WriteContext): GraphBody {
  const { priority } = bodyOf(call);
  if (typeof priority !== 'number' || !Number.isInteger(priority) || priority < 1)
    throw refuse(call, 'Priority has to be a whole number from 1.');
  return { priority };
}

function setProperties({ call }: WriteContext, properties: readonly string[]): GraphBody {
  const body = bodyOf(call);
  const given = Object.entries(body).filter(([name]) => properties.includes(name));
  if (given.length === 0) throw refuse(call, `The request body has to have '${properties.join("' or '")}'.`);
  return Object.fromEntries(given);
}

function replaceChildren(
  context: WriteContext,
  policy: StoredPolicy,
  action: Extract<WriteAction, { kind: 'replace-children' }>,
): void {
  const { call, spec } = context;
  const body = bodyOf(call);
  if (!Array.isArray(body[action.bodyKey]))
    throw refuse(call, `The request body has to have the list '${action.bodyKey}'.`);
  const children = bodiesOf(body, action.bodyKey);
  checkMembers(context, policy.body, action.child, children);
  if (action.child === 'scheduledActionsForRule') checkScheduledActions(call, children);
  const navigation = spec.navigation.find(({ name }) => name === action.child) ?? { name: action.child };
  const also = (action.alsoSet ?? []).flatMap((name): [string, JsonValue][] => {
    const value = body[name];
    return value === undefined ? [] : [[name, value]];
  });
  store(context, policy, { ...Object.fromEntries(also), [action.child]: withIds(children, navigation) }, 'Action');
}

/** What is added to a definition that has a value already is passed over without a word, also where that value goes in the same call. */
function changedDefinitionValues({ call }: WriteContext, policy: StoredPolicy): GraphBody[] {
  const body = bodyOf(call);
  const before = bodiesOf(policy.body, 'definitionValues');
  const deleted = new Set(Array.isArray(body.deletedIds) ? body.deletedIds : []);
  if (bodiesOf(body, 'updated').length > 0)
    throw refuse(call, 'Definition values cannot be updated; delete and add them.');
  const added = bodiesOf(body, 'added')
    .map((value) => newDefinitionValue(call, value))
    .filter((value) => !before.some((existing) => sameDefinition(existing, value)));
  return [...before.filter(({ id }) => !deleted.has(id ?? null)), ...added];
}

/** A setting of an intent is known by its definition; one that is new to the intent is added. */
function changedSettings(before: GraphBody, given: readonly GraphBody[]): GraphBody[] {
  const kept = bodiesOf(before, 'settings');
  const updated = kept.map((setting) => ({
    ...setting,
    ...given.find((entry) => sameSetting(entry, setting)),
    id: setting.id ?? null,
  }));
  const added = given.filter((entry) => !kept.some((setting) => sameSetting(entry, setting)));
  return [...updated, ...added.map((entry) => ({ ...entry, id: textOf(entry, 'id') ?? randomUUID() }))];
}

function sameSetting(given: GraphBody, stored: GraphBody): boolean {
  return given.id === stored.id || given.definitionId === stored.definitionId;
}

/** A new intent from a template. */
function createInstance({ call }: WriteContext, template: StoredPolicy, status: number): GraphReply {
  const spec = collectionOf('intents');
  const rules = spec.writes;
  const body = bodyOf(call);
  if (rules === undefined || template.id === NOT_CREATABLE_TEMPLATE)
    throw refuse(call, 'The template cannot be instantiated.');
  if (textOf(body, 'displayName') === undefined) throw refuse(call, "The property 'displayName' is required.");
  const own = without(body, ['settingsDelta']);
  const settings = bodiesOf(body, 'settingsDelta').map((setting) => ({ ...setting, id: randomUUID() }));
  const context: WriteContext = { call, spec, rules };
  const created = addNew(context, { ...own, settings });
  const intent = { ...created.body, templateId: template.id, isMigratingToConfigurationPolicy: false };
  call.tenant.write({ collection: spec.key, body: { ...intent, id: created.id } }, actorOf(call), 'Action');
  return objectReply(context, { ...created, body: { ...intent, id: created.id } }, status);
}

/** The object takes its place, and those of its type behind it move on by one. */
function setPriority(context: WriteContext, policy: StoredPolicy): void {
  const { call, spec } = context;
  const { priority } = bodyOf(call);
  if (typeof priority !== 'number' || !Number.isInteger(priority) || priority < 1)
    throw refuse(call, 'Priority has to be a whole number from 1.');
  if (policy.body.priority === 0) throw refuse(call, 'The priority of a default configuration cannot be changed.');
  const others = call.tenant
    .list(spec.key)
    .filter(({ id, body }) => id !== policy.id && body['@odata.type'] === policy.body['@odata.type'])
    .filter(({ body }) => typeof body.priority === 'number' && body.priority >= priority);
  for (const other of others) store(context, other, { priority: Number(other.body.priority) + 1 }, 'Action');
  store(context, policy, { priority }, 'Action');
}
