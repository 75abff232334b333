import type { GraphClient } from '#libs/graph-client/src/graph-client.js';
import { GraphFailure } from '#libs/graph-client/src/graph-failure.js';
import type { CollectionPlan } from './collection-plan.js';
import { stateOf, type TypeCoverage } from './coverage.js';
import { ElementLists } from './element-lists.js';
import { inLanes } from './in-lanes.js';
import { Listing, PlaceLost } from './listing.js';
import { judge, type JudgedObject } from './object-reading.js';
import { ReadingPlace } from './reading-place.js';
import { NAMELESS, type SettingNames } from './setting-names.js';
import { needsRequests, readObjects } from './read-objects.js';

/** As many as a batch has members, so that batches are full however many parts each object asks for. */
const OBJECTS_TO_ASK_FOR = 20;
/** Of objects that the list brings whole. */
const OBJECTS_AT_HAND = 100;
/**
 * One throttled member makes its batch wait a second and more. Batches one after the other then keep to the slowest
 * member of each; some at a time keep to the tenant's request budget instead.
 */
const CHUNKS_AT_ONCE = 6;

/** How a reading of one type ended. */
export interface TypeEnding {
  coverage: TypeCoverage;
  /** Objects that exist, but of which something could not be read. */
  incomplete: number;
  /** Every id that the list of the collection named; it says what is gone only when the coverage is `read`. */
  listed: readonly string[];
}

/**
 * Reads one collection to its end and hands what it read on in chunks, so that never more than a few are held. What Graph
 * refuses or cannot answer becomes the coverage of the selected types, never an exception.
 * @param take keeps a chunk; called by several at a time
 * @param names keeps what settings are called; left out: nobody asks
 * @param place where the reading goes on; left out: it begins. One that is lost is forgotten, and the reading begins.
 * @throws the signal's reason when the sync is to end, or what `take` throws
 */
export async function readCollection(
  client: GraphClient,
  plan: CollectionPlan,
  signal: AbortSignal,
  take: (objects: readonly JudgedObject[], signal: AbortSignal) => Promise<void>,
  names: SettingNames = NAMELESS,
  place: ReadingPlace = new ReadingPlace(plan),
): Promise<TypeEnding[]> {
  try {
    return await readFrom(place, client, plan, signal, take, names);
  } catch (error) {
    if (!(error instanceof PlaceLost)) throw error;
    place.forget();
    return readFrom(place, client, plan, signal, take, names);
  }
}

async function readFrom(
  place: ReadingPlace,
  client: GraphClient,
  plan: CollectionPlan,
  signal: AbortSignal,
  take: (objects: readonly JudgedObject[], signal: AbortSignal) => Promise<void>,
  names: SettingNames,
): Promise<TypeEnding[]> {
  const listing = new Listing(plan, place);
  const incomplete = new Map(plan.selected.map(({ key }) => [key, place.incompleteOf(key)]));
  const lists = new ElementLists(client);
  const size = plan.selected.some(needsRequests) ? OBJECTS_TO_ASK_FOR : OBJECTS_AT_HAND;
  try {
    await inLanes(listing.chunks(client, size, signal), CHUNKS_AT_ONCE, signal, async (chunk, alive) => {
      const judged = (await readObjects(client, chunk, names, alive, lists)).map(judge);
      for (const { type, policy } of judged) {
        if (!policy) incomplete.set(type.key, (incomplete.get(type.key) ?? 0) + 1);
      }
      alive.throwIfAborted();
      await take(judged, alive);
    });
  } catch (error) {
    if (!(error instanceof GraphFailure)) throw error;
    signal.throwIfAborted();
    const end = stateOf(plan.collection, error);
    return plan.selected.map(({ key }) => ({
      coverage: { type: key, policies: 0, ...end },
      incomplete: 0,
      listed: [],
    }));
  }
  const listed = place.ids;
  return plan.selected.map(({ key }) => {
    const unread = incomplete.get(key) ?? 0;
    const partial = place.unclear || unread > 0;
    return {
      coverage: {
        type: key,
        state: partial ? 'partial' : 'read',
        policies: place.count(key),
        reasonCode: partial ? 'inventory.type_partial' : null,
      },
      incomplete: unread,
      listed,
    };
  });
}
