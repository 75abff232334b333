import { MODEL_LINES } from './model-lines.js';

/** What a property holds. */
export interface PropertyType {
  /**
   * Name of a type or enumeration, or a letter: `s`tring, `b`oolean, `n`umber, `d`ate and time, `D`ate, `t`ime of day,
   * d`u`ration, `x` bytes, `g` GUID, `~name` members of a flags enumeration that is not described, `@` a relation or
   * something else that is not described.
   */
  type: string;
  list: boolean;
  nullable: boolean;
}

interface ModelType {
  base: string | undefined;
  properties: ReadonlyMap<string, PropertyType>;
}

/**
 * The types of the collections that are simulated, by name without `microsoft.graph.`. A line tells one type:
 * `name<base property:type property:[type]?`, with `?` for what may be null, or `enumeration=member|member`. Source: the Graph
 * beta description (microsoftgraph/msgraph-metadata, MIT).
 */
export class GraphModel {
  private readonly types = new Map<string, ModelType>();
  private readonly enumerations = new Map<string, readonly string[]>();

  constructor(lines: readonly string[]) {
    for (const line of lines) {
      const enumeration = /^(\w+)=(.*)$/.exec(line);
      if (enumeration !== null) {
        this.enumerations.set(enumeration[1] ?? '', (enumeration[2] ?? '').split('|'));
        continue;
      }
      const [head = '', ...properties] = line.split(' ');
      const [name = '', base] = head.split('<');
      this.types.set(name, { base, properties: new Map(properties.map(propertyOf)) });
    }
  }

  knows(type: string): boolean {
    return this.types.has(type);
  }

  /** Whether it is that type or one below it. */
  derives(type: string, base: string): boolean {
    if (type === base) return true;
    const above = this.types.get(type)?.base;
    return above !== undefined && this.derives(above, base);
  }

  /** A property of the type or of what it derives from. */
  property(type: string, name: string): PropertyType | undefined {
    const found = this.types.get(type);
    return found?.properties.get(name) ?? (found?.base === undefined ? undefined : this.property(found.base, name));
  }

  /** All properties of the type, those of its bases first. */
  properties(type: string): [string, PropertyType][] {
    const found = this.types.get(type);
    if (found === undefined) return [];
    return [...(found.base === undefined ? [] : this.properties(found.base)), ...found.properties];
  }

  /** Members of an enumeration; undefined for anything else. */
  members(name: string): readonly string[] | undefined {
    return this.enumerations.get(name);
  }
}

function propertyOf(text: string): [string, PropertyType] {
  const at = text.indexOf(':');
  const nullable = text.endsWith('?');
  const inner = text.slice(at + 1, nullable ? -1 : undefined);
  const list = inner.startsWith('[');
  return [text.slice(0, at), { type: list ? inner.slice(1, -1) : inner, list, nullable }];
}

export const MODEL = new GraphModel(MODEL_LINES);

/** The name of a type as the model has it: without `#` and `microsoft.graph.`. */
export function modelName(type: string): string {
  return type.replace(/^#?microsoft\.graph\./, '');
}
