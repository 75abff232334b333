import { odataTypeOf } from '#libs/graph-client/src/catalogue/policy-facts.js';
import type { ChildCollection } from '#libs/graph-client/src/catalogue/policy-type.js';
import type { BatchReply, GraphClient } from '#libs/graph-client/src/graph-client.js';
import { isObject } from '../policy/json.js';
import { objectPath, type ListedObject } from './object-reading.js';
import { wholeCollection } from './part-replies.js';

/** Graph's path of a child of this object; that of a relation goes by a cast to the object's type. */
export function childPath(listed: ListedObject, { path, relation }: ChildCollection): string {
  const own = objectPath(listed);
  if (relation === undefined) return path === '' ? own : `${own}/${path}`;
  const cast = odataTypeOf(listed.type, listed.object)?.replace(/^#/, '') ?? '';
  return `${own}/${cast}/${path}`;
}

/** Ids of the policies that a relation leads to; undefined when they could not be read to their end. */
export async function relatedIds(
  client: GraphClient,
  { relation }: ChildCollection,
  reply: BatchReply | undefined,
  signal: AbortSignal,
): Promise<readonly string[] | undefined> {
  if (relation === 'one') return reply && relatedId(reply);
  const members = await wholeCollection(client, reply, (member) => idOf(member) !== undefined, signal);
  return members?.map((member) => idOf(member) ?? '');
}

function relatedId(reply: BatchReply): readonly string[] | undefined {
  if (!reply.ok) return reply.failure.code === 'graph.not_found' ? [] : undefined;
  const id = idOf(reply.body);
  if (id !== undefined) return [id];
  // An answer without content says, like 404, that there is none; one with anything else is no policy.
  return Object.keys(reply.body).every((key) => key.startsWith('@odata.')) ? [] : undefined;
}

function idOf(member: unknown): string | undefined {
  const id = isObject(member) ? member['id'] : undefined;
  return typeof id === 'string' && id !== '' ? id : undefined;
}
