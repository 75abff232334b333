import { COLLECTIONS, type CollectionKey } from '../../graph/collections.js';
import type { GraphBody } from '../../store/graph-body.js';
import type { SeedObject } from '../../store/seed-tenant.js';

const SERVED = new Set(COLLECTIONS.map(({ key }) => key));

export interface GeneratedObject {
  /** Key of the collection that Graph serves the object in. */
  collection: CollectionKey;
  object: GraphBody & { id: string };
  /** Collections below the object by name: `settings`, `assignments`, `definitionValues`, ... */
  children: Record<string, GraphBody[]>;
  /** Microsoft's own, which every tenant has. */
  builtIn: boolean;
}

/** As the store takes it. Throws for a collection that the simulator does not serve, so that nothing is left out unseen. */
export function seedObject({ collection, object, children }: GeneratedObject): SeedObject {
  if (!SERVED.has(collection)) throw new Error(`The simulator serves no collection ${collection}.`);
  return { collection, body: { ...object, ...children } };
}
