import type { ChildCollection } from '#libs/graph-client/src/catalogue/policy-type.js';
import type { BatchRequest, GraphClient } from '#libs/graph-client/src/graph-client.js';
import { definitionIdsIn, takeDefinitions, type SettingDefinition } from '../policy/setting-definitions.js';
import { objectPath, type ListedObject, type ObjectReading } from './object-reading.js';
import { wholeCollection } from './part-replies.js';
import type { SettingNames } from './setting-names.js';

/**
 * Names of settings cost no request where they come with the settings by `$expand`; but a definition, with all its
 * choices, is far larger than a setting. So they are asked for with the settings of an object that is read for the first
 * time, and else only, with one request more, of an object whose settings have a definition without a known name. One
 * request for each definition (`configurationSettings/{id}`) would be more in either case.
 */
export class NamesOfChunk {
  private constructor(
    private readonly names: SettingNames,
    private readonly firstSeen: ReadonlySet<string>,
  ) {}

  static async of(names: SettingNames, listed: readonly ListedObject[]): Promise<NamesOfChunk> {
    const asks = listed.some(({ type }) => definedChild(type.collection.children) !== undefined);
    return new NamesOfChunk(names, asks ? await names.firstSeen(listed) : new Set());
  }

  /** The query of a child of this object. */
  queryOf({ externalId }: ListedObject, child: ChildCollection): ChildCollection['query'] {
    const expands = child.definitions !== undefined && this.firstSeen.has(externalId);
    return expands ? withDefinitions(child) : child.query;
  }

  /** Takes the definitions out of what was read, reads those still missing, and keeps their names. */
  async learnFrom(client: GraphClient, readings: readonly ObjectReading[], signal: AbortSignal): Promise<void> {
    const learned = new Map<string, SettingDefinition>();
    for (const { type, children } of readings) {
      const child = definedChild(type.collection.children);
      const elements = child && children.get(child.name);
      if (!child || !elements) continue;
      const { settings, definitions } = takeDefinitions(elements);
      children.set(child.name, settings);
      for (const definition of definitions) learned.set(definition.id, definition);
    }
    for (const definition of await this.missing(client, readings, learned, signal)) {
      learned.set(definition.id, definition);
    }
    if (learned.size > 0) await this.names.learn([...learned.values()]);
  }

  private async missing(
    client: GraphClient,
    readings: readonly ObjectReading[],
    learned: ReadonlyMap<string, SettingDefinition>,
    signal: AbortSignal,
  ): Promise<SettingDefinition[]> {
    const coming = new Set<string>();
    const requests = readings.flatMap((reading): BatchRequest[] => {
      const child = definedChild(reading.type.collection.children);
      const elements = child && reading.children.get(child.name);
      if (!child || !elements || this.firstSeen.has(reading.externalId)) return [];
      const unknown = [...definitionIdsIn(elements)].filter(
        (id) => !this.names.knows(id) && !learned.has(id) && !coming.has(id),
      );
      if (unknown.length === 0) return [];
      for (const id of unknown) coming.add(id);
      const path = `${objectPath(reading)}/${child.path}`;
      return [{ id: reading.externalId, path, query: withDefinitions(child) }];
    });
    if (requests.length === 0) return [];
    const replies = await client.batch(requests, { signal });
    const found: SettingDefinition[] = [];
    for (const reply of replies.values()) {
      // A name that cannot be had now is asked for by the next sync; the settings themselves are read.
      const elements = await wholeCollection(client, reply, () => true, signal);
      found.push(...takeDefinitions(elements ?? []).definitions);
    }
    return found;
  }
}

function definedChild(children: readonly ChildCollection[]): ChildCollection | undefined {
  return children.find(({ definitions }) => definitions !== undefined);
}

function withDefinitions({ query, definitions }: ChildCollection): Record<string, string> {
  return { ...query, ...(definitions === undefined ? {} : { $expand: definitions }) };
}
