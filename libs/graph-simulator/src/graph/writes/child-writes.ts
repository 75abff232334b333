import { randomUUID } from 'node:crypto';
import { stripAnnotations } from '../../store/exported-object.js';
import { bodiesOf, textOf, without, type GraphBody } from '../../store/graph-body.js';
import { graphTime } from '../../store/graph-time.js';
import type { StoredPolicy } from '../../store/tenant-store.js';
import { pathOf, type Navigation } from '../collections.js';
import { GraphRefusal, notFound, wrongVerb, type GraphReply } from '../graph-errors.js';
import { contextOf } from '../policy-reads.js';
import { locationOf } from '../reply-parts.js';
import { newDefinitionValue } from './definition-values.js';
import { checkMembers } from './model-check.js';
import { refuse } from './refusals.js';
import { bodyOf, store, type WriteContext } from './write-context.js';

/** A write below an object: messages of a template, definition values, enrollment profiles. Throws GraphRefusal. */
export function writeChild(
  context: WriteContext,
  policy: StoredPolicy,
  navigation: Navigation,
  id: string | undefined,
): GraphReply {
  const { call, spec } = context;
  const { name, writable = {} } = navigation;
  const children = bodiesOf(policy.body, name);
  const status = statusOf(call.method, writable, id);
  if (status === undefined) throw wrongVerb(call.trace);
  const reply = (child: GraphBody): GraphReply => {
    if (status === 204) return { status, headers: {}, body: undefined };
    const at = `${contextOf(call, spec)}('${policy.id}')/${name}/$entity`;
    const headers = locationOf(call, status, `${pathOf(spec)}('${policy.id}')/${name}('${textOf(child, 'id') ?? ''}')`);
    return { status, headers, body: { '@odata.context': at, ...child } };
  };
  if (call.method !== 'DELETE') checkMembers(context, policy.body, name, [bodyOf(call)]);
  if (id === undefined) {
    const child = newChild(context, policy, name, children);
    store(context, policy, { [name]: [...children, child] });
    return reply(child);
  }
  const existing = children.find((child) => child.id === id);
  if (existing === undefined) throw new GraphRefusal(notFound(call.trace, 'intune', id));
  if (call.method === 'DELETE') {
    store(context, policy, { [name]: children.filter((child) => child !== existing) });
    return { status, headers: {}, body: undefined };
  }
  const changes = without(stripAnnotations(bodyOf(call)), ['id', 'locale']);
  const changed = { ...existing, ...changes, ...modifiedNow(context, existing) };
  store(context, policy, { [name]: children.map((child) => (child === existing ? changed : child)) });
  return reply(changed);
}

function statusOf(method: string, writable: NonNullable<Navigation['writable']>, id: string | undefined) {
  if (id === undefined) return method === 'POST' ? writable.create : undefined;
  if (method === 'PATCH') return writable.update;
  return method === 'DELETE' ? writable.delete : undefined;
}

function newChild(
  { call }: WriteContext,
  policy: StoredPolicy,
  name: string,
  children: readonly GraphBody[],
): GraphBody {
  const body = bodyOf(call);
  const now = graphTime(call.trace.now);
  if (name === 'definitionValues') return newDefinitionValue(call, body);
  const own = stripAnnotations(body);
  if (name !== 'localizedNotificationMessages') return { ...own, id: `${policy.id}_${randomUUID()}` };
  const locale = textOf(own, 'locale');
  if (locale === undefined) throw refuse(call, "The property 'locale' is required.");
  if (children.some((child) => textOf(child, 'locale')?.toLowerCase() === locale.toLowerCase()))
    throw refuse(call, `A message for the locale '${locale}' exists already.`);
  return { isDefault: false, ...own, id: `${policy.id}_${locale.toLowerCase()}`, lastModifiedDateTime: now };
}

function modifiedNow({ call }: WriteContext, child: GraphBody): GraphBody {
  return child.lastModifiedDateTime === undefined ? {} : { lastModifiedDateTime: graphTime(call.trace.now) };
}
