import type { GrandchildCollection } from '#libs/graph-client/src/catalogue/policy-type.js';
import type { GraphClient, GraphObject } from '#libs/graph-client/src/graph-client.js';
import { GraphFailure } from '#libs/graph-client/src/graph-failure.js';
import type { JsonObject } from '../policy/json.js';

/** The lists that hold elements of all objects of a collection; each is read once, when the first element is looked for. */
export class ElementLists {
  private readonly lists = new Map<string, Promise<ReadonlyMap<string, GraphObject>>>();

  constructor(private readonly client: GraphClient) {}

  /**
   * An element as its list has it; undefined when there is no such list, or when it does not tell the element whole.
   * @throws the signal's reason
   */
  async find(
    { list }: GrandchildCollection,
    element: JsonObject,
    signal: AbortSignal,
  ): Promise<GraphObject | undefined> {
    if (!list) return undefined;
    const elements = this.lists.get(list.path) ?? this.read(list.path, signal);
    this.lists.set(list.path, elements);
    const found = (await elements).get(String(element['id']));
    return found && list.tells.every((name) => Array.isArray(found[name])) ? found : undefined;
  }

  /** Nothing of a list that cannot be read to its end: what of it is needed is then read by itself. */
  private async read(path: string, signal: AbortSignal): Promise<ReadonlyMap<string, GraphObject>> {
    try {
      return new Map((await this.client.list(path, { signal })).map((one) => [String(one.id), one]));
    } catch (error) {
      if (error instanceof GraphFailure) return new Map();
      throw error;
    }
  }
}
