import type { CollectionKey } from '../../graph/collections.js';
import type { GraphBody, JsonValue } from '../../store/graph-body.js';
import { graphTime } from '../../store/graph-time.js';
import { stableGuid } from '../../store/stable-id.js';
import { AssignmentDeck } from './assignment-deck.js';
import { Assigner, type AssignmentRule } from './assignments.js';
import type { Company } from './company.js';
import { Dice } from './dice.js';
import type { GeneratedObject } from './generated-object.js';
import { makeDirectory, type Directory } from './groups.js';
import { Naming, type NameParts } from './naming.js';
import type { Counts } from './tenant-sizes.js';

const DAY = 86_400_000;
const FIRST_DAY = Date.UTC(2021, 2, 1);
const DAYS = 1_900;

/** Which dates the type has: Intune's two, the last one alone, those of Entra, or none. */
type Dates = 'both' | 'modified' | 'entra' | 'none';

/** An object before it has an id, a name, dates, scope tags and assignments. */
export interface Draft {
  collection: CollectionKey;
  /** What the name is made of, or the plain name. */
  name: NameParts | string;
  nameField?: 'name' | 'displayName' | 'tokenName';
  values: GraphBody;
  children?: Record<string, GraphBody[]>;
  /** Instead of a GUID; has to be unique in the tenant. */
  id?: (guid: string) => string;
  dates?: Dates;
  tagField?: 'roleScopeTagIds' | 'roleScopeTags' | 'none';
  described?: boolean;
  /** Missing where the type has no assignments. */
  assign?: AssignmentRule;
  /** Take the plain name as it is, neither awkward nor told apart. */
  fixedName?: boolean;
  /** Microsoft's own; its name is taken as it is. */
  builtIn?: boolean;
}

/** A tenant while it is being made: every area adds its objects, and later areas refer to those of earlier ones. */
export class TenantDraft {
  readonly objects: GeneratedObject[] = [];
  readonly directory: Directory;
  readonly assigner: Assigner;
  readonly naming: Naming;
  private readonly deck: AssignmentDeck;
  private readonly dates: Dice;
  private readonly filtersByPlatform = new Map<string, string[]>();
  private readonly tags: string[] = [];

  constructor(
    readonly company: Company,
    readonly counts: Counts,
  ) {
    this.directory = makeDirectory(company, this.dice('groups'), counts.groupsInUse, counts.groups);
    this.assigner = new Assigner(company.name, this.directory, this.dice('assignments'));
    this.naming = new Naming(company, this.dice('names'), counts.settingsCatalog < 100 ? 10 : 18);
    this.deck = new AssignmentDeck(this.dice('deck'));
    this.dates = this.dice('dates');
  }

  /** Choices of one area, which those of another do not disturb. */
  dice(area: string): Dice {
    return new Dice(`${this.company.name} ${area}`);
  }

  /** A GUID for that text in this tenant. */
  guid(text: string): string {
    return stableGuid(`${this.company.name} ${text}`);
  }

  /** So many objects, one after the other. */
  repeat(count: number, make: (at: number) => Draft): void {
    for (let at = 0; at < count; at += 1) this.add(make(at));
  }

  add(draft: Draft): GeneratedObject {
    const { collection } = draft;
    const filters = (draft.assign?.filters ?? []).flatMap((platform) => this.filtersByPlatform.get(platform) ?? []);
    const plan = draft.assign && this.deck.draw(filters.length > 0);
    const guid = this.guid(`${collection} ${this.objects.length}`);
    const id = draft.id?.(guid) ?? guid;
    const assignments =
      draft.assign && plan ? this.assigner.assignments(collection, id, plan, { ...draft.assign, filters }) : undefined;
    const generated: GeneratedObject = {
      collection,
      object: {
        ...draft.values,
        id,
        [draft.nameField ?? 'displayName']: this.nameOf(draft, plan?.leftover ?? false),
        ...(draft.described !== false && { description: this.naming.description() }),
        ...this.datesOf(draft.dates ?? 'both'),
        ...this.tagsOf(draft.tagField ?? 'roleScopeTagIds'),
      },
      children: { ...draft.children, ...(assignments && { assignments }) },
      builtIn: draft.builtIn ?? false,
    };
    this.objects.push(generated);
    return generated;
  }

  /** Filters of the platform can be chosen from now on. */
  offerFilter(platform: string, id: string): void {
    this.filtersByPlatform.set(platform, [...(this.filtersByPlatform.get(platform) ?? []), id]);
  }

  /** Objects can carry the scope tag from now on. */
  offerTag(id: string): void {
    this.tags.push(id);
  }

  /** Ids of the objects made so far of a collection, built-in ones too. */
  idsOf(collection: CollectionKey): string[] {
    return this.of(collection).map(({ object }) => object.id);
  }

  of(collection: CollectionKey): GeneratedObject[] {
    return this.objects.filter((made) => made.collection === collection);
  }

  private nameOf({ collection, name, builtIn, fixedName }: Draft, leftover: boolean): string {
    if (typeof name !== 'string') return this.naming.name(collection, { ...name, leftover });
    return builtIn === true || fixedName === true ? name : this.naming.own(collection, name, leftover);
  }

  private datesOf(dates: Dates): GraphBody {
    const created = FIRST_DAY + this.dates.int(0, DAYS) * DAY + this.dates.int(6 * 3_600_000, 17 * 3_600_000);
    const end = FIRST_DAY + (DAYS + 60) * DAY;
    const modified = this.dates.chance(0.3) ? created : created + Math.floor((end - created) * this.dates.next() ** 2);
    switch (dates) {
      case 'both':
        return { createdDateTime: graphTime(created), lastModifiedDateTime: graphTime(modified) };
      case 'modified':
        return { lastModifiedDateTime: graphTime(modified) };
      case 'entra':
        return { createdDateTime: graphTime(created), modifiedDateTime: graphTime(modified) };
      case 'none':
        return {};
    }
  }

  private tagsOf(field: 'roleScopeTagIds' | 'roleScopeTags' | 'none'): GraphBody {
    if (field === 'none') return {};
    return { [field]: this.chosenTags() };
  }

  private chosenTags(): JsonValue[] {
    if (this.tags.length === 0 || this.dates.chance(0.9)) return ['0'];
    const other = this.dates.pick(this.tags);
    return this.dates.chance(0.7) ? ['0', other] : [other];
  }
}
