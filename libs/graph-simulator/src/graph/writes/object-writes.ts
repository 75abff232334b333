import { randomUUID } from 'node:crypto';
import { stripAnnotations } from '../../store/exported-object.js';
import { bodiesOf, textOf, without, type GraphBody } from '../../store/graph-body.js';
import { graphTime } from '../../store/graph-time.js';
import type { StoredPolicy } from '../../store/tenant-store.js';
import type { UpdateRule } from '../collections/write-spec.js';
import { wrongVerb, type GraphReply } from '../graph-errors.js';
import { pathOf } from '../collections.js';
import { modelName } from '../model/graph-model.js';
import { contextOf, shown, viewingOf } from '../policy-reads.js';
import { locationOf } from '../reply-parts.js';
import { encryptedOmaSettings, withSecretTokens } from '../secrets.js';
import { checkChange, checkImmutable, checkNew, checkRequired, checkType, typeOfNew } from './body-checks.js';
import { boundIn, childrenIn } from './new-children.js';
import { newId } from './new-id.js';
import { valuesOfNew } from './new-object-values.js';
import { refuse } from './refusals.js';
import { actorOf, bodyOf, store, type WriteContext } from './write-context.js';

/** POST on the collection. Throws GraphRefusal. */
export function createObject(context: WriteContext): GraphReply {
  const { call, rules } = context;
  if (rules.create === undefined) throw wrongVerb(call.trace);
  const body = bodyOf(call);
  checkType(context, body);
  checkRequired(context, body);
  checkNew(context, body);
  return objectReply(context, addNew(context, body), rules.create);
}

/** Adds an object made of the properties that a caller may give. */
export function addNew({ call, spec, rules }: WriteContext, body: GraphBody): StoredPolicy {
  const id = newId(call.tenant, spec, body);
  if (call.tenant.policy(id) !== undefined) throw refuse(call, `An object with the id '${id}' exists already.`);
  const now = graphTime(call.trace.now);
  const times = Object.values(rules.times).map((name) => [name, now] as const);
  const own = settable(body, [...ofService(rules), ...spec.navigation.map(({ name }) => name)]);
  const object = {
    ...valuesOfNew(modelName(textOf(body, '@odata.type') ?? typeOfNew(spec)), spec),
    ...(spec.types.size === 1 ? { '@odata.type': `#microsoft.graph.${typeOfNew(spec)}` } : {}),
    ...rules.defaults,
    ...own,
    ...Object.fromEntries(times),
    ...versionAfter(rules.version, undefined),
    ...rules.initial,
    ...(rules.actions.setPriority === undefined
      ? {}
      : { priority: lastPriority(call.tenant.list(spec.key), body) + 1 }),
    ...childrenIn(body, spec.navigation),
    ...(spec.key === 'compliancePolicies' ? { scheduledActionsForRule: [defaultBlock()] } : {}),
    id,
  };
  call.tenant.write({ collection: spec.key, body: { ...protectedBody(object, undefined), id } }, actorOf(call));
  return call.tenant.policy(id) ?? { sequence: 0, collection: spec.key, id, body: { ...object, id } };
}

/** PATCH or PUT on an object. Throws GraphRefusal. */
export function updateObject(context: WriteContext, policy: StoredPolicy, rule: UpdateRule): GraphReply {
  const { call, spec, rules } = context;
  const body = bodyOf(call);
  if (rules.builtInFixed && rules.builtIn?.(policy.body) === true)
    throw refuse(call, 'An object that the service provides cannot be changed.');
  if (spec.key !== 'roleDefinitions') checkType(context, body, policy.body);
  if (rule.method === 'PUT') checkRequired(context, body);
  checkImmutable(context, body, policy.body);
  checkChange(context, body);
  const own = settable(body, [...ofService(rules), ...rules.immutable, ...spec.navigation.map(({ name }) => name)]);
  const { only } = rule;
  const wanted =
    only === undefined ? own : Object.fromEntries(Object.entries(own).filter(([key]) => only.includes(key)));
  const children = childrenIn(body, spec.navigation);
  const replaced =
    rule.method === 'PUT'
      ? { description: null, ...wanted, ...without(children, ['scheduledActionsForRule']) }
      : { ...wanted, ...boundIn(body, spec.navigation) };
  const changes = protectedBody({ ...replaced, id: policy.id }, policy.body);
  const written = store(context, policy, { ...changes, ...versionAfter(rules.version, policy.body) });
  return objectReply(context, written, rule.status);
}

/** DELETE on an object. Throws GraphRefusal. */
export function deleteObject({ call, spec, rules }: WriteContext, policy: StoredPolicy): GraphReply {
  if (rules.delete === undefined) throw wrongVerb(call.trace);
  if (rules.builtIn?.(policy.body) === true)
    throw refuse(call, 'An object that the service provides cannot be deleted.');
  if (spec.key === 'assignmentFilters' && isFilterInUse(call.tenant.everything(), policy.id))
    throw refuse(call, 'An assignment filter is associated with existing assignments');
  if (spec.key === 'windowsAutopilotDeploymentProfiles' && bodiesOf(policy.body, 'assignments').length > 0)
    throw refuse(call, 'The profile has assignments; delete them first.');
  if (spec.key === 'namedLocations' && policy.body.isTrusted === true)
    throw refuse(call, 'A trusted named location cannot be deleted.');
  call.tenant.delete(policy.id, actorOf(call));
  return { status: rules.delete, headers: {}, body: undefined };
}

/** The answer to a write: the object as its item, or nothing for 204. */
export function objectReply({ call, spec }: WriteContext, policy: StoredPolicy, status: number): GraphReply {
  if (status === 204) return { status, headers: {}, body: undefined };
  const entity = shown(policy, { select: undefined, expand: [] }, viewingOf(call, spec, 'item'));
  const body = { '@odata.context': `${contextOf(call, spec)}/$entity`, ...entity };
  return { status, headers: locationOf(call, status, `${pathOf(spec)}('${policy.id}')`), body };
}

function ofService({ computed, times, version }: WriteContext['rules']): string[] {
  return [...computed, ...Object.values(times), ...(version === 'none' ? [] : ['version'])];
}

/** What a caller may set: no annotations, nothing of the service, no id. */
function settable(body: GraphBody, names: readonly string[]): GraphBody {
  return without(stripAnnotations(body), ['id', ...names]);
}

/** Secrets as the service keeps them: encrypted OMA values with references, tokens in the settings catalog. */
function protectedBody(body: GraphBody, before: GraphBody | undefined): GraphBody {
  const seed = randomUUID();
  const settings: GraphBody = body.settings === undefined ? {} : { settings: withSecretTokens(body.settings, seed) };
  if (body.omaSettings === undefined) return { ...body, ...settings };
  const known = bodiesOf(before ?? {}, 'omaSettings');
  const omaSettings = bodiesOf(body, 'omaSettings').map((setting, index) => {
    const kept = known.find(
      (candidate) =>
        textOf(setting, 'secretReferenceValueId') !== undefined &&
        candidate.secretReferenceValueId === setting.secretReferenceValueId,
    );
    if (kept !== undefined) return { ...setting, isEncrypted: true, value: kept.value ?? null };
    return encryptedOmaSettings(textOf(body, 'id') ?? '', [setting], `${seed} ${index}`)[0] ?? setting;
  });
  return { ...body, omaSettings };
}

function versionAfter(kind: WriteContext['rules']['version'], before: GraphBody | undefined): GraphBody {
  switch (kind) {
    case 'none':
      return {};
    case 'opaque':
      return { version: `"${randomUUID()}"` };
    case 'number':
      return { version: (Number(before?.version) || 0) + 1 };
    case 'text':
      return { version: String((Number(before?.version) || 0) + 1) };
  }
}

/** The highest priority among the objects of the same type; 0 is the tenant's default. */
function lastPriority(objects: readonly StoredPolicy[], body: GraphBody): number {
  const same = objects.filter((object) => object.body['@odata.type'] === body['@odata.type']);
  return Math.max(0, ...same.map((object) => Number(object.body.priority) || 0));
}

function defaultBlock(): GraphBody {
  return {
    id: randomUUID(),
    ruleName: null,
    scheduledActionConfigurations: [
      {
        id: randomUUID(),
        actionType: 'block',
        gracePeriodHours: 0,
        notificationMessageCCList: [],
        notificationTemplateId: '00000000-0000-0000-0000-000000000000',
      },
    ],
  };
}

function isFilterInUse(objects: readonly StoredPolicy[], filterId: string): boolean {
  return objects.some(({ body }) =>
    bodiesOf(body, 'assignments').some((assignment) => JSON.stringify(assignment).includes(filterId)),
  );
}
