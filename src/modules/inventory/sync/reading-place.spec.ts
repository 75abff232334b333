import { describe, expect, it } from '@jest/globals';
import { policyType } from '#libs/graph-client/src/catalogue/policy-types.js';
import type { GraphClient, GraphPage } from '#libs/graph-client/src/graph-client.js';
import { GraphFailure } from '#libs/graph-client/src/graph-failure.js';
import { collectionsOf, type CollectionPlan } from './collection-plan.js';
import type { JudgedObject } from './object-reading.js';
import { readCollection, type TypeEnding } from './read-collection.js';
import { BEGINNING, ReadingPlace, type PlaceStep } from './reading-place.js';

const PATH = '/beta/deviceManagement/deviceConfigurations';
const link = (page: number): string => `https://graph.example${PATH}?$skiptoken=${page}`;
const broken = new Error('the worker is gone');

/** A list of pages, each with the ids it names. */
class PagedGraph {
  readonly asked: string[] = [];

  /** @param refusal what it answers the first time it is asked for a link */
  constructor(
    private readonly lists: Record<string, readonly string[]>,
    private refusal?: GraphFailure,
  ) {}

  async *pages(path: string): AsyncGenerator<GraphPage> {
    const { refusal } = this;
    if (path !== PATH && refusal) {
      this.refusal = undefined;
      throw refusal;
    }
    const links = Object.keys(this.lists);
    for (let at = links.indexOf(path === PATH ? BEGINNING : path); at < links.length; at += 1) {
      const key = links[at];
      const page = key === undefined ? undefined : this.lists[key];
      this.asked.push(key ?? path);
      await Promise.resolve();
      if (page === undefined) throw new Error(`Unexpected ${path}.`);
      yield { items: page.map((id) => ({ id, displayName: id, assignments: [] })), nextLink: links[at + 1] };
    }
  }
}

/** What one attempt kept before it ended, and how it ended. */
interface Attempt {
  kept: string[];
  steps: PlaceStep[];
  endings: TypeEnding[] | undefined;
}

function planOf(key = 'deviceConfiguration'): CollectionPlan {
  const type = policyType(key);
  const [plan] = type ? collectionsOf([type]) : [];
  if (!plan) throw new Error(`No type ${key}.`);
  return plan;
}

/** Reads on after `steps`; ends when a chunk with `last` comes, which is not kept. */
async function attempt(graph: PagedGraph, steps: readonly PlaceStep[], last?: string): Promise<Attempt> {
  const place = ReadingPlace.after(planOf(), steps);
  const done: Attempt = { kept: [], steps: [...steps], endings: undefined };
  const take = (objects: readonly JudgedObject[]): Promise<void> => {
    const ids = objects.map(({ externalId }) => externalId);
    if (last !== undefined && ids.includes(last)) return Promise.reject(broken);
    done.kept.push(...ids);
    // As they are stored.
    done.steps.push(JSON.parse(JSON.stringify(place.keep(objects, new Map()))) as PlaceStep);
    return Promise.resolve();
  };
  const client = graph as unknown as GraphClient;
  try {
    done.endings = await readCollection(client, planOf(), new AbortController().signal, take, undefined, place);
  } catch (error) {
    if (error !== broken) throw error;
  }
  return done;
}

describe('a reading that is taken up again', () => {
  const pages = { [BEGINNING]: ['a', 'b'], [link(2)]: ['c', 'd'], [link(3)]: ['e'], [link(4)]: ['f'] };

  it('asks only for pages that named something not kept, and for those to come', async () => {
    const first = await attempt(new PagedGraph(pages), [], 'e');
    expect(first).toMatchObject({ kept: expect.arrayContaining(['a', 'b', 'c', 'd']), endings: undefined });
    const graph = new PagedGraph(pages);
    const second = await attempt(graph, first.steps);
    expect(graph.asked).not.toContain(BEGINNING);
    expect(graph.asked).not.toContain(link(2));
    expect([...first.kept, ...second.kept].sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(second.endings).toMatchObject([
      { coverage: { state: 'read', policies: 6 }, listed: ['a', 'b', 'c', 'd', 'e', 'f'], incomplete: 0 },
    ]);
  });

  it('asks for nothing when all was kept before it was closed', async () => {
    const first = await attempt(new PagedGraph(pages), []);
    const graph = new PagedGraph(pages);
    const second = await attempt(graph, first.steps);
    expect(graph.asked).toEqual([]);
    expect(second.endings).toEqual(first.endings);
  });

  it.each([
    ['has expired', new GraphFailure('graph.bad_request', { status: 410, detail: '' })],
    ['leads to another server', new GraphFailure('graph.protocol', { detail: 'refused to call' })],
  ])('begins anew when its link %s', async (_, failure) => {
    const first = await attempt(new PagedGraph(pages), [], 'e');
    const second = await attempt(new PagedGraph(pages, failure), first.steps);
    expect(second.kept.sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(second.endings).toMatchObject([{ coverage: { state: 'read', policies: 6 } }]);
    // What was read before the new beginning counts no more.
    expect(second.steps.filter(({ anew }) => anew)).toHaveLength(1);
    expect(ReadingPlace.after(planOf(), second.steps)).toMatchObject({ openLinks: [], next: null });
  });

  it('does not follow a kept link that leaves the collection', async () => {
    const first = await attempt(new PagedGraph(pages), [], 'e');
    const elsewhere = first.steps.map((step) => ({
      ...step,
      next: 'https://graph.example/beta/users?$skiptoken=3',
      named: step.named.map((page) => ({ ...page, link: 'https://graph.example/beta/users?$skiptoken=2' })),
    }));
    const graph = new PagedGraph(pages);
    expect((await attempt(graph, elsewhere)).kept.sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(graph.asked).toEqual([BEGINNING, link(2), link(3), link(4)]);
  });

  it('begins anew when the list has moved, so that nothing is taken for gone that was only not seen', async () => {
    // Of the page that broke off, `e` was named but not kept; the list then names it on a page that was read.
    const first = await attempt(new PagedGraph(pages), [], 'f');
    const steps = first.steps.map((step, at) =>
      at === 0
        ? {
            ...step,
            named: [{ link: link(3), objects: [['g', 'digest', 'deviceConfiguration'] as const] }, ...step.named],
          }
        : step,
    );
    const moved = { ...pages, [BEGINNING]: ['a', 'b', 'g'] };
    const second = await attempt(new PagedGraph(moved), steps);
    expect(second.kept).toContain('g');
    expect(second.endings).toMatchObject([{ coverage: { state: 'read', policies: 7 } }]);
  });

  it('says nothing of a reading by another plan', async () => {
    const first = await attempt(new PagedGraph(pages), [], 'e');
    const other = first.steps.map((step) => ({ ...step, plan: 'another' }));
    const graph = new PagedGraph(pages);
    const second = await attempt(graph, other);
    expect(graph.asked[0]).toBe(BEGINNING);
    expect(second.steps.at(other.length)).toMatchObject({ anew: true });
  });

  it('reads anew what was closed in part, and reads on where the list broke off', async () => {
    const { steps } = await attempt(new PagedGraph(pages), [], 'e');
    const place = ReadingPlace.after(planOf(), steps);
    const { next, openLinks } = place;
    expect(next).not.toBe(BEGINNING);
    expect(ReadingPlace.after(planOf(), [...steps, place.close(false)])).toMatchObject({ next, openLinks });
    const anew = ReadingPlace.after(planOf(), [...steps, place.close(true)]);
    expect(anew).toMatchObject({ next: BEGINNING, openLinks: [], ids: [] });
  });
});
