import { isCatalogSettings, odataTypeOf } from '#libs/graph-client/src/catalogue/policy-facts.js';
import type { ChildCollection, GrandchildCollection } from '#libs/graph-client/src/catalogue/policy-type.js';
import type { BatchReply, BatchRequest, GraphClient } from '#libs/graph-client/src/graph-client.js';
import { keyOf } from '../policy/canonical-children.js';
import { isSetting } from '../policy/canonical-settings.js';
import { isObject, type JsonObject } from '../policy/json.js';
import type { ElementLists } from './element-lists.js';
import { askTwice, wholeCollection } from './part-replies.js';
import { objectPath, type ListedObject, type ObjectReading } from './object-reading.js';

/** The children that an object of this `@odata.type` has. */
export function childrenOf({ type, object }: Pick<ListedObject, 'type' | 'object'>): readonly ChildCollection[] {
  const { children } = type.collection;
  return children.filter(({ odataTypes }) => odataTypes?.includes(odataTypeOf(type, object) ?? '') ?? true);
}

/** Whether an element says what it is, where the catalogue says that elements do. */
export function isWhole(child: Pick<ChildCollection, 'keyedBy'>, element: unknown): boolean {
  if (isCatalogSettings(child)) return isSetting(element);
  if (!isObject(element)) return false;
  if (child.keyedBy === undefined || keyOf(element, child.keyedBy) !== undefined) return true;
  // A setting of an imported ADMX file outlives the file; Graph then has no definition to give with it.
  const [relation = ''] = child.keyedBy.split('.');
  return element[relation] === null;
}

/**
 * What the list told of a child that comes with it, as the first page of an answer; undefined when the child has to be
 * read: nothing was told, or another number of elements than Graph counts.
 */
export function listedChild({ object }: Pick<ListedObject, 'object'>, child: ChildCollection): BatchReply | undefined {
  const { name, countField } = child;
  const { [name]: value, [`${name}@odata.nextLink`]: nextLink } = object;
  if (!child.onList || !Array.isArray(value)) return undefined;
  const count = countField === undefined ? undefined : object[countField];
  const isWhole = nextLink !== undefined || typeof count !== 'number' || count === value.length;
  return isWhole ? { ok: true, body: { value: value as unknown[], '@odata.nextLink': nextLink } } : undefined;
}

/** One element that has more below it. */
interface Parent {
  reading: ObjectReading;
  child: string;
  index: number;
  element: JsonObject;
  path: string;
  each: GrandchildCollection;
}

/**
 * Reads what stands below the elements of these readings' children, from the lists that hold it and the rest in one round
 * of batches, and puts it into them. Where it cannot be read, the child it belongs to becomes undefined.
 */
export async function readGrandchildren(
  client: GraphClient,
  readings: readonly ObjectReading[],
  lists: ElementLists,
  signal: AbortSignal,
): Promise<void> {
  const parents: Parent[] = [];
  for (const parent of readings.flatMap(parentsOf)) {
    const listed = await lists.find(parent.each, parent.element, signal);
    if (listed) put(parent, { ...parent.element, ...listed });
    else parents.push(parent);
  }
  const requests: BatchRequest[] = parents.map(({ path, each }, at) => ({ id: String(at), path, query: each.query }));
  const replies = await askTwice(client, requests, signal);
  for (const [at, parent] of parents.entries()) {
    const reply = replies.get(String(at));
    const { each, element } = parent;
    if (each.name === null) {
      put(parent, reply?.ok && reply.body.id === element['id'] ? { ...element, ...reply.body } : undefined);
      continue;
    }
    const below = await wholeCollection(client, reply, (one) => isWhole(each, one), signal);
    put(parent, below && { ...element, [each.name]: below });
  }
}

function parentsOf(reading: ObjectReading): Parent[] {
  return reading.type.collection.children.flatMap(({ name, path, each }) => {
    const elements = reading.children.get(name);
    if (!each || !elements) return [];
    return elements.flatMap((element, index): Parent[] => {
      if (!isObject(element) || hasNone(each, element)) return [];
      const { id } = element;
      // Without an id there is no path; the request below is refused, and the child counts as not read.
      const key = encodeURIComponent(typeof id === 'string' ? id : '');
      const whole = each.path.startsWith('/')
        ? each.path.replace('{id}', key)
        : `${objectPath(reading)}/${path}/${key}/${each.path}`;
      return [{ reading, child: name, index, element, path: whole, each }];
    });
  });
}

function hasNone({ noneWhen }: GrandchildCollection, element: JsonObject): boolean {
  return noneWhen !== undefined && element[noneWhen.field] === noneWhen.is;
}

function put({ reading: { children }, child, index }: Parent, element: JsonObject | undefined): void {
  const elements = children.get(child);
  if (!elements) return;
  children.set(child, element && elements.with(index, element));
}
