import { expandedNames, odataTypeOf } from '#libs/graph-client/src/catalogue/policy-facts.js';
import type { PolicyType } from '#libs/graph-client/src/catalogue/policy-type.js';
import type { BatchReply, BatchRequest, GraphClient, GraphObject } from '#libs/graph-client/src/graph-client.js';
import { isAssignment } from '../policy/canonical-assignments.js';
import { objectPath, type ListedObject, type ObjectReading, type ReadChildren } from './object-reading.js';
import { ElementLists } from './element-lists.js';
import { childrenOf, isWhole, listedChild, readGrandchildren } from './read-children.js';
import { NamesOfChunk } from './read-setting-names.js';
import { childPath, relatedIds } from './read-relations.js';
import type { SettingNames } from './setting-names.js';
import { askTwice, wholeCollection } from './part-replies.js';

/**
 * Reads what the list lacks of some objects of one collection: their items, children and assignments in one round of
 * batches, children of children in a second, and the further pages of each. A part that fails is missing from its object
 * alone.
 * @param lists shared by the chunks of a collection, so that each list is read once for all of them
 * @returns the readings, in the order of the list
 * @throws GraphFailure when Graph refuses a batch as a whole; the signal's reason
 */
export async function readObjects(
  client: GraphClient,
  listed: readonly ListedObject[],
  names: SettingNames,
  signal: AbortSignal,
  lists = new ElementLists(client),
): Promise<ObjectReading[]> {
  const ofChunk = await NamesOfChunk.of(names, listed);
  const requests = listed.flatMap((one, index) => requestsOf(one, index, ofChunk));
  const replies = await askTwice(client, requests, signal);
  const readings: ObjectReading[] = [];
  for (const [index, one] of listed.entries()) {
    const reply = (part: string): BatchReply | undefined => replies.get(`${part}:${index}`);
    const children: ReadChildren = new Map();
    for (const child of childrenOf(one).filter(({ single }) => !single)) {
      const first = listedChild(one, child) ?? reply(child.name);
      if (child.relation !== undefined) {
        children.set(child.name, await relatedIds(client, child, first, signal));
        continue;
      }
      const elements = isCountedEmpty(one.object, child.countField)
        ? []
        : await wholeCollection(client, first, (element) => isWhole(child, element), signal);
      children.set(child.name, elements);
    }
    const object = withSingles(one, wholeItem(one, reply('item')), reply);
    const assignments = await assignmentsOf(client, one, object, reply('assignments'), signal);
    readings.push({ externalId: one.externalId, type: one.type, object, children, assignments });
  }
  await readGrandchildren(client, readings, lists, signal);
  await ofChunk.learnFrom(client, readings, signal);
  return readings;
}

/** Whether reading an object of this type needs requests of its own, as far as the list tells what it can. */
export function needsRequests({ collection: { item, children, assignments }, odataTypes }: PolicyType): boolean {
  const having = children.filter(
    (child) =>
      !child.onList &&
      (odataTypes === 'from list' || (child.odataTypes?.some((one) => odataTypes.includes(one)) ?? true)),
  );
  return item !== undefined || having.length > 0 || assignments === 'own-collection';
}

function requestsOf(one: ListedObject, index: number, names: NamesOfChunk): BatchRequest[] {
  const { item, assignments } = one.type.collection;
  const path = objectPath(one);
  const requests: BatchRequest[] = [];
  if (needsItem(one)) requests.push({ id: `item:${index}`, path, query: item?.query });
  for (const child of childrenOf(one)) {
    if (isCountedEmpty(one.object, child.countField) || listedChild(one, child)) continue;
    requests.push({ id: `${child.name}:${index}`, path: childPath(one, child), query: names.queryOf(one, child) });
  }
  if (assignments === 'own-collection') requests.push({ id: `assignments:${index}`, path: `${path}/assignments` });
  return requests;
}

/** Graph counts 0: there is nothing to ask for. */
function isCountedEmpty(object: GraphObject, countField: string | undefined): boolean {
  return countField !== undefined && object[countField] === 0;
}

function needsItem({ type, object }: ListedObject): boolean {
  const { item } = type.collection;
  if (!item) return false;
  return item.odataTypes === undefined || item.odataTypes.includes(odataTypeOf(type, object) ?? '');
}

/** List and item together, since either may leave out what the other has; undefined when the item lacks it, too. */
function wholeItem(listed: ListedObject, reply: BatchReply | undefined): GraphObject | undefined {
  if (!needsItem(listed)) return hasExpanded(listed, listed.object) ? listed.object : undefined;
  if (!reply?.ok || reply.body.id !== listed.object.id) return undefined;
  const { collection } = listed.type;
  const apart = new Set(['assignments', ...collection.children.map(({ name }) => name), ...expandedNames(collection)]);
  const answered = collection.lacks.every((name) => apart.has(name) || reply.body[name] !== undefined);
  const object = { ...listed.object, ...reply.body };
  return answered && hasExpanded(listed, object) ? object : undefined;
}

/** The object with the properties that Graph tells one at a time; undefined when one of them is not told. */
function withSingles(
  listed: ListedObject,
  object: GraphObject | undefined,
  reply: (part: string) => BatchReply | undefined,
): GraphObject | undefined {
  let whole = object;
  for (const { name } of childrenOf(listed).filter(({ single }) => single)) {
    const answer = reply(name);
    if (!whole || !answer?.ok || answer.body[name] === undefined) return undefined;
    whole = { ...whole, [name]: answer.body[name] };
  }
  return whole;
}

/** An expanded property that is not there was not expanded: its absence says nothing of the object. */
function hasExpanded({ type: { collection } }: ListedObject, object: GraphObject): boolean {
  return [...expandedNames(collection)].every((name) => name === 'assignments' || Array.isArray(object[name]));
}

async function assignmentsOf(
  client: GraphClient,
  { type }: ListedObject,
  whole: GraphObject | undefined,
  reply: BatchReply | undefined,
  signal: AbortSignal,
): Promise<readonly unknown[] | undefined> {
  switch (type.collection.assignments) {
    case 'own-collection':
      return wholeCollection(client, reply, isAssignment, signal);
    case 'expanded': {
      if (!whole) return undefined;
      const { assignments: value, 'assignments@odata.nextLink': nextLink } = whole;
      return wholeCollection(client, { ok: true, body: { value, '@odata.nextLink': nextLink } }, isAssignment, signal);
    }
    case 'inline':
    case 'none':
      return [];
  }
}
