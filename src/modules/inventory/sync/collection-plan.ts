import { classify } from '#libs/graph-client/src/catalogue/policy-facts.js';
import type { GraphCollection, PolicyType } from '#libs/graph-client/src/catalogue/policy-type.js';
import { typesIn } from '#libs/graph-client/src/catalogue/policy-types.js';
import type { GraphObject } from '#libs/graph-client/src/graph-client.js';

/** One collection of Graph that a sync reads, once for all the types of it that were selected. */
export interface CollectionPlan {
  collection: GraphCollection;
  /** Every type of the collection, selected or not: an object is told by all of them. */
  sharing: readonly PolicyType[];
  selected: readonly PolicyType[];
}

/** The collections that hold the selected types, in the order of their first type. */
export function collectionsOf(selected: readonly PolicyType[]): CollectionPlan[] {
  const plans = new Map<string, CollectionPlan & { selected: PolicyType[] }>();
  for (const type of selected) {
    const { collection } = type;
    const plan = plans.get(collection.key) ?? { collection, sharing: typesIn(collection), selected: [] };
    plan.selected.push(type);
    plans.set(collection.key, plan);
  }
  return [...plans.values()];
}

/** The selected type that an object is of; undefined when it is of another. */
export function selectedTypeOf({ sharing, selected }: CollectionPlan, object: GraphObject): PolicyType | undefined {
  const type = classify(sharing, object);
  return selected.find((one) => one.key === type?.key);
}
