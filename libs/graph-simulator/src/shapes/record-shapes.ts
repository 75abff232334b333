import { COLLECTIONS, pathOf, type CollectionSpec, type Navigation } from '../graph/collections.js';
import { bodiesOf, isBody, textOf, type GraphBody } from '../store/graph-body.js';
import { linkShape, shapeOf, type Shape } from './shape.js';

/** One answer, as shapes alone. */
export interface AnswerShape {
  status: number;
  /** Names of the answer's own annotations and headers that clients look at. */
  annotations: string[];
  objects: Shape;
}

export interface ListShape extends AnswerShape {
  /** Objects on the first page, where there is another one. */
  pageSize: number | null;
  nextLink: string | null;
}

export interface CollectionShapes {
  list: ListShape;
  item: AnswerShape | null;
  relations: Record<string, AnswerShape>;
}

/** Shapes by collection. */
export type RecordedShapes = Record<string, CollectionShapes>;

export interface ShapeSource {
  /** Origin of Graph. */
  graph: string;
  token: string;
  /** How a wait passes; milliseconds. */
  pause: (ms: number) => Promise<void>;
}

const HEADERS = ['request-id', 'client-request-id', 'x-ms-ags-diagnostic', 'odata-version', 'content-type'];
/** Objects that are read by themselves, with their relations: others of the collection have the same shape. */
const ITEMS = 3;
/** Conditional access takes one request a second; the rest is far below its limit at this pace. */
const SLOW_MS = 1100;
const BUSY_MS = 10_000;
const TRIES = 5;

/**
 * Reads a little of every collection and keeps only what the answers look like: names of properties, kinds of values, forms
 * of links. Nothing is written, and no value is kept. Works on a real tenant and on the simulator alike.
 */
export async function recordShapes(source: ShapeSource): Promise<RecordedShapes> {
  const shapes: RecordedShapes = {};
  for (const spec of COLLECTIONS)
    if (spec.singleton === undefined) shapes[spec.key] = await collectionShapes(source, spec);
  return shapes;
}

async function collectionShapes(source: ShapeSource, spec: CollectionSpec): Promise<CollectionShapes> {
  const path = `/beta/${pathOf(spec)}`;
  const page = await read(source, path);
  const objects = bodiesOf(page.body, 'value');
  const link = page.body['@odata.nextLink'];
  const items: Read[] = [];
  const relations: Record<string, AnswerShape> = {};
  for (const object of objects.slice(0, ITEMS)) {
    const own = `${path}/${encodeURIComponent(textOf(object, 'id') ?? '')}`;
    items.push(await read(source, own));
    for (const navigation of spec.navigation.filter(({ ownPath, derived }) => ownPath && derived !== true))
      relations[navigation.name] = await relationShape(source, own, navigation, relations[navigation.name]);
  }
  return {
    list: {
      ...answerShape(page, objects, spec.entityType),
      pageSize: link === undefined ? null : objects.length,
      nextLink: linkShape(link),
    },
    item:
      items[0] === undefined
        ? null
        : answerShape(
            items[0],
            items.map(({ body }) => withoutContext(body)),
            spec.entityType,
          ),
    relations,
  };
}

/** The relation of one more object; the first one that has members tells. */
async function relationShape(
  source: ShapeSource,
  own: string,
  { name, single }: Navigation,
  known: AnswerShape | undefined,
): Promise<AnswerShape> {
  if (known !== undefined && Object.keys(known.objects).length > 0) return known;
  const answer = await read(source, `${own}/${name}`);
  const members = single === true ? [withoutContext(answer.body)] : bodiesOf(answer.body, 'value');
  return answerShape(answer, answer.status === 200 ? members : [], name);
}

interface Read {
  status: number;
  headers: string[];
  body: GraphBody;
}

async function read({ graph, token, pause }: ShapeSource, path: string): Promise<Read> {
  for (let attempt = 1; ; attempt += 1) {
    if (path.includes('/identity/')) await pause(SLOW_MS);
    const response = await fetch(graph + path, { headers: { authorization: `Bearer ${token}` } });
    const text = await response.text();
    if ((response.status === 429 || response.status >= 500) && attempt < TRIES) {
      await pause(Number(response.headers.get('retry-after')) * 1000 || BUSY_MS);
      continue;
    }
    const headers = HEADERS.filter((name) => response.headers.has(name));
    return { status: response.status, headers, body: parsed(text) };
  }
}

function answerShape({ status, headers, body }: Read, objects: readonly GraphBody[], declared: string): AnswerShape {
  const annotations = Object.keys(body).filter((name) => name.startsWith('@') && name !== '@odata.nextLink');
  return { status, annotations: [...annotations, ...headers].sort(), objects: shapeOf(objects, declared) };
}

function withoutContext(body: GraphBody): GraphBody {
  return Object.fromEntries(Object.entries(body).filter(([name]) => name !== '@odata.context'));
}

function parsed(text: string): GraphBody {
  try {
    const value = JSON.parse(text) as unknown;
    return isBody(value) ? value : {};
  } catch {
    return {};
  }
}
