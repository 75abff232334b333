import type { GraphClient, GraphObject } from '#libs/graph-client/src/graph-client.js';
import { selectedTypeOf, type CollectionPlan } from './collection-plan.js';
import type { ListedObject } from './object-reading.js';

/**
 * What a collection's list names, each id once: a list that moves while it is paged repeats objects. It keeps ids and
 * names, never the objects.
 */
export class Listing {
  private readonly nameOf = new Map<string, unknown>();
  private readonly counts = new Map<string, number>();
  private broken = false;

  constructor(private readonly plan: CollectionPlan) {}

  /** Something in it cannot be told apart: no id, or one id under two names. */
  get unclear(): boolean {
    return this.broken;
  }

  /** Every id of the collection, of unselected types, too. */
  get ids(): readonly string[] {
    return [...this.nameOf.keys()];
  }

  /** How many objects of a type were named. */
  count(typeKey: string): number {
    return this.counts.get(typeKey) ?? 0;
  }

  /**
   * The objects of the selected types, page by page, at most `size` together.
   * @throws GraphFailure, or the signal's reason
   */
  async *chunks(client: GraphClient, size: number, signal: AbortSignal): AsyncGenerator<ListedObject[]> {
    for await (const page of this.pages(client, signal)) {
      const listed = page.flatMap((object) => this.listed(object) ?? []);
      for (let at = 0; at < listed.length; at += size) yield listed.slice(at, at + size);
    }
  }

  private async *pages(client: GraphClient, signal: AbortSignal): AsyncGenerator<GraphObject[]> {
    const { path, listQuery: query, shape } = this.plan.collection;
    if (shape === 'singleton') yield [await client.get(path, { query, signal })];
    else yield* client.pages(path, { query, signal });
  }

  private listed(object: GraphObject): ListedObject | undefined {
    const externalId = this.idOf(object);
    if (externalId === undefined) {
      this.broken = true;
      return undefined;
    }
    const name = JSON.stringify([object['name'], object['displayName']]);
    const earlier = this.nameOf.get(externalId);
    if (earlier !== undefined) {
      if (earlier !== name) this.broken = true;
      return undefined;
    }
    this.nameOf.set(externalId, name);
    const type = selectedTypeOf(this.plan, object);
    if (!type) return undefined;
    this.counts.set(type.key, this.count(type.key) + 1);
    return { externalId, type, object };
  }

  private idOf({ id }: GraphObject): string | undefined {
    if (typeof id === 'string' && id !== '') return id;
    return this.plan.collection.shape === 'singleton' ? this.plan.collection.key : undefined;
  }
}
