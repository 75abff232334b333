import type { GraphClient, GraphObject, GraphPage } from '#libs/graph-client/src/graph-client.js';
import { GraphFailure } from '#libs/graph-client/src/graph-failure.js';
import { hashOf } from '../policy/json.js';
import { selectedTypeOf, type CollectionPlan } from './collection-plan.js';
import type { ListedObject } from './object-reading.js';
import { BEGINNING, type ReadingPlace } from './reading-place.js';

/** A reading cannot go on where an earlier attempt broke off: its link has expired, or the list has moved since. */
export class PlaceLost extends Error {
  constructor(reason: string) {
    super(`The reading cannot be taken up again: ${reason}.`);
    this.name = 'PlaceLost';
  }
}

interface LinkedPage extends GraphPage {
  link: string;
}

/** What a collection's list names and is still to be read, from a place on. */
export class Listing {
  constructor(
    private readonly plan: CollectionPlan,
    private readonly place: ReadingPlace,
  ) {}

  /**
   * The objects of the selected types that are to be read, page by page, at most `size` together. A list that moves while
   * it is paged repeats objects; each is given once.
   * @throws GraphFailure, PlaceLost, or the signal's reason
   */
  async *chunks(client: GraphClient, size: number, signal: AbortSignal): AsyncGenerator<ListedObject[]> {
    for await (const { link, items, nextLink } of this.pages(client, signal)) {
      this.place.page(link, nextLink);
      const listed = items.flatMap((object) => this.listed(object) ?? []);
      for (let at = 0; at < listed.length; at += size) yield listed.slice(at, at + size);
    }
    if (this.place.hasLost) throw new PlaceLost('the list does not name all that it named');
  }

  private async *pages(client: GraphClient, signal: AbortSignal): AsyncGenerator<LinkedPage> {
    const { openLinks, next } = this.place;
    for (const link of openLinks) {
      for await (const page of this.from(client, link, signal)) {
        yield page;
        break;
      }
    }
    if (next !== null) yield* this.from(client, next, signal);
  }

  /** The page at a link and those after it. */
  private async *from(client: GraphClient, link: string, signal: AbortSignal): AsyncGenerator<LinkedPage> {
    const { path, listQuery: query, shape } = this.plan.collection;
    if (shape === 'singleton') {
      yield { link, items: [await client.get(path, { query, signal })], nextLink: undefined };
      return;
    }
    if (link !== BEGINNING && !leadsTo(link, path)) throw new PlaceLost('its link leads elsewhere');
    const pages = link === BEGINNING ? client.pages(path, { query, signal }) : client.pages(link, { signal });
    let at = link;
    try {
      for await (const page of pages) {
        yield { link: at, ...page };
        at = page.nextLink ?? BEGINNING;
      }
    } catch (error) {
      // Of links that this attempt was given, a refusal says something of the collection; of a kept one, only its age.
      if (link !== BEGINNING && at === link && isRefusedLink(error)) throw new PlaceLost('its link is refused');
      throw error;
    }
  }

  private listed(object: GraphObject): ListedObject | undefined {
    const externalId = this.idOf(object);
    if (externalId === undefined) {
      this.place.nameless();
      return undefined;
    }
    const type = selectedTypeOf(this.plan, object);
    const names = hashOf([object['name'], object['displayName']]).slice(0, 16);
    const isToRead = this.place.name(externalId, names, type?.key ?? null);
    return type && isToRead ? { externalId, type, object } : undefined;
  }

  private idOf({ id }: GraphObject): string | undefined {
    if (typeof id === 'string' && id !== '') return id;
    return this.plan.collection.shape === 'singleton' ? this.plan.collection.key : undefined;
  }
}

/** Whether a link stays in its collection; that it stays at Graph is the client's to say, with every call. */
function leadsTo(link: string, path: string): boolean {
  return URL.canParse(link) && new URL(link).pathname.toLowerCase() === path.toLowerCase();
}

/** 400 and 410 are what Graph answers to a link that has expired; a link to another server is refused here. */
function isRefusedLink(error: unknown): boolean {
  return error instanceof GraphFailure && (error.code === 'graph.bad_request' || error.code === 'graph.protocol');
}
