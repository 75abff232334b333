import { hashOf } from '../policy/json.js';
import type { CollectionPlan } from './collection-plan.js';
import type { JudgedObject } from './object-reading.js';

/** Where a list begins, beside the links that Graph gives. */
export const BEGINNING = '';

/** What a list told of an object: its id, a digest of its names, and the key of its type where that was selected. */
export type NamedObject = readonly [externalId: string, names: string, type: string | null];

/** What one kept chunk changes of how far a collection is read. All steps of a collection, in their order, are its place. */
export interface PlaceStep {
  collection: string;
  /** Digest of what was to be read and how; steps of another plan say nothing. */
  plan: string;
  /** The steps before are void: the collection is read anew. */
  anew: boolean;
  /** What pages named for the first time since the last step, by the pages' links. */
  named: { link: string; objects: NamedObject[] }[];
  /** Ids of what was kept. */
  kept: string[];
  /** The first page that was not asked for; null at the end of the list. */
  next: string | null;
  unclear: boolean;
  /** Of the chunk, by type: objects that could not be read whole. */
  incomplete: Record<string, number>;
  /** Of the chunk, by type: new versions. */
  written: Record<string, number>;
  /** The reading has ended, not to the end of the collection, and the versions so far are on record. */
  closed: boolean;
}

interface Named {
  names: string;
  type: string | null;
  /** By an attempt before this one. */
  before: boolean;
}

/**
 * How far one collection is read: what its list named, each id once, and which of that is kept. A later attempt goes on
 * from it: it asks again only for pages that named something not kept, and of these reads only that. It holds ids and
 * digests, never objects.
 */
export class ReadingPlace {
  private readonly plan: string;
  private readonly collection: string;
  private readonly named = new Map<string, Named>();
  /** Objects to be read that are not kept, with the links of their pages. */
  private readonly left = new Map<string, string>();
  /** Of those, what an earlier attempt was told and this one was not. */
  private readonly awaited = new Set<string>();
  private readonly incomplete = new Map<string, number>();
  private readonly written = new Map<string, number>();
  private untold: PlaceStep['named'] = [];
  private anew = false;
  private following: string | null = BEGINNING;
  private broken = false;

  constructor(plan: CollectionPlan) {
    this.collection = plan.collection.key;
    this.plan = planDigest(plan);
  }

  /** Where earlier attempts have come to; at the beginning when they read by another plan. */
  static after(plan: CollectionPlan, steps: readonly PlaceStep[]): ReadingPlace {
    const place = new ReadingPlace(plan);
    const own = steps.filter(({ collection }) => collection === place.collection);
    if (own.some((step) => step.plan !== place.plan)) place.anew = true;
    else for (const step of own) place.apply(step);
    for (const externalId of place.left.keys()) place.awaited.add(externalId);
    return place;
  }

  /** Something in the list cannot be told apart: no id, or one id under two names. */
  get unclear(): boolean {
    return this.broken;
  }

  /** Every id that the list named, of unselected types, too. */
  get ids(): readonly string[] {
    return [...this.named.keys()];
  }

  /** The first page that was not asked for; null at the end of the list. */
  get next(): string | null {
    return this.following;
  }

  /** Pages that named something not kept, in the order of the list. */
  get openLinks(): readonly string[] {
    return [...new Set(this.left.values())];
  }

  /** Whether something that was not kept is not named any more: then the list has moved, and what it was is not known. */
  get hasLost(): boolean {
    return this.awaited.size > 0;
  }

  /** How many objects of a type the list named. */
  count(typeKey: string): number {
    return [...this.named.values()].filter(({ type }) => type === typeKey).length;
  }

  /** How many of them are kept. */
  kept(typeKey: string): number {
    const open = [...this.left.keys()].filter((externalId) => this.named.get(externalId)?.type === typeKey);
    return this.count(typeKey) - open.length;
  }

  /** How many objects of a type kept chunks could not read whole. */
  incompleteOf(typeKey: string): number {
    return this.incomplete.get(typeKey) ?? 0;
  }

  /** How many versions kept chunks wrote since the reading was last closed; those of a place that was lost, too. */
  get versionsWritten(): ReadonlyMap<string, number> {
    return this.written;
  }

  /** A page is at hand; what it names is told one by one, before anything else. */
  page(link: string, nextLink: string | undefined): void {
    if (link === this.following) this.following = nextLink ?? null;
    this.untold.push({ link, objects: [] });
  }

  /** The newest page names an object. Whether it is to be read. */
  name(externalId: string, names: string, type: string | null): boolean {
    const page = this.untold.at(-1);
    const earlier = this.named.get(externalId);
    const again = this.awaited.delete(externalId);
    if (earlier && !again) {
      if (!earlier.before && earlier.names !== names) this.broken = true;
      return false;
    }
    if (!page) throw new Error('An object was named on no page.');
    this.named.set(externalId, { names, type, before: false });
    this.left.delete(externalId);
    if (type !== null) this.left.set(externalId, page.link);
    if (earlier?.names !== names || earlier.type !== type) page.objects.push([externalId, names, type]);
    return type !== null;
  }

  /** Nothing was named or kept here yet. */
  get isUntouched(): boolean {
    return this.named.size === 0 && this.written.size === 0;
  }

  /** Something without an id was named. */
  nameless(): void {
    this.broken = true;
  }

  /** These objects are kept. Called in the order in which chunks are kept; what it answers belongs to the same transaction. */
  keep(objects: readonly JudgedObject[], written: ReadonlyMap<string, number>): PlaceStep {
    const incomplete = new Map<string, number>();
    for (const { externalId, type, policy } of objects) {
      this.left.delete(externalId);
      if (!policy) incomplete.set(type.key, (incomplete.get(type.key) ?? 0) + 1);
    }
    addTo(this.incomplete, incomplete);
    addTo(this.written, written);
    const step: PlaceStep = {
      collection: this.collection,
      plan: this.plan,
      anew: this.anew,
      named: this.untold.filter((page) => page.objects.length > 0),
      kept: objects.map(({ externalId }) => externalId),
      next: this.following,
      unclear: this.broken,
      incomplete: Object.fromEntries(incomplete),
      written: Object.fromEntries(written),
      closed: false,
    };
    this.untold = [];
    this.anew = false;
    return step;
  }

  /**
   * The reading is closed although something is missing. A later attempt goes on where the list could not be read on, but
   * what was read in part it reads anew.
   */
  close(inPart: boolean): PlaceStep {
    this.written.clear();
    if (inPart) this.forget();
    return { ...this.keep([], new Map()), closed: true };
  }

  /** The collection is to be read from its beginning, whatever was read of it. */
  forget(): void {
    for (const held of [this.named, this.left, this.awaited, this.incomplete]) held.clear();
    this.untold = [];
    this.anew = true;
    this.following = BEGINNING;
    this.broken = false;
  }

  private apply({ anew, named, kept, next, unclear, incomplete, written, closed }: PlaceStep): void {
    if (anew) this.forget();
    if (closed) this.written.clear();
    for (const { link, objects } of named) {
      for (const [externalId, names, type] of objects) {
        this.named.set(externalId, { names, type, before: true });
        if (type !== null) this.left.set(externalId, link);
      }
    }
    for (const externalId of kept) this.left.delete(externalId);
    this.following = next;
    this.broken = unclear;
    this.anew = false;
    addTo(this.incomplete, Object.entries(incomplete));
    addTo(this.written, Object.entries(written));
  }
}

/** What of a plan decides what its pages hold and what is read beside them. */
function planDigest({ collection, sharing, selected }: CollectionPlan): string {
  const keys = (types: CollectionPlan['sharing']): unknown[] => types.map(({ key, is }) => [key, is]);
  return hashOf([collection, keys(sharing), keys(selected)]).slice(0, 16);
}

function addTo(sum: Map<string, number>, more: Iterable<readonly [string, number]>): void {
  for (const [type, count] of more) sum.set(type, (sum.get(type) ?? 0) + count);
}
