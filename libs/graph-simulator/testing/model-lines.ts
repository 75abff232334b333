interface Schema {
  $ref?: string;
  type?: string;
  format?: string;
  nullable?: boolean;
  enum?: readonly unknown[];
  allOf?: readonly Schema[];
  items?: Schema;
  properties?: Readonly<Record<string, Schema>>;
  'x-graph-flags-enum'?: string;
}

const PREFIX = 'microsoft.graph.';
const ENTITIES: ReadonlySet<string> = new Set(['entity', 'policyDeletableItem']);
/** Letters of the primitive types, by JSON type and format; what is not here has no type of its own. */
const PRIMITIVES: Readonly<Record<string, string>> = {
  string: 's',
  boolean: 'b',
  number: 'n',
  'string date-time': 'd',
  'string date': 'D',
  'string time': 't',
  'string duration': 'u',
  'string byte': 'x',
  'string uuid': 'g',
};

/**
 * Microsoft's description (OpenAPI 3.0.3) as the lines of src/graph/model: every type that objects of these collections can
 * hold. `roots` are declared types, `relations` the names of relations whose members are described, too; other relations
 * are told by name alone.
 */
export function modelLines(document: object, roots: readonly string[], relations: ReadonlySet<string>): string[] {
  const { schemas } = (document as { components: { schemas: Record<string, Schema> } }).components;
  return new ModelWriter(schemas, relations).lines(roots.map((root) => root.slice(PREFIX.length)));
}

class ModelWriter {
  private readonly children = new Map<string, string[]>();

  constructor(
    private readonly schemas: Readonly<Record<string, Schema>>,
    private readonly relations: ReadonlySet<string>,
  ) {
    for (const [key, schema] of Object.entries(schemas)) {
      const base = baseOf(schema);
      if (base !== undefined) this.children.set(base, [...(this.children.get(base) ?? []), key.slice(PREFIX.length)]);
    }
  }

  lines(roots: readonly string[]): string[] {
    const seen = new Set<string>();
    const open = [...roots];
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      const schema = this.schemas[PREFIX + name];
      if (seen.has(name) || schema === undefined) continue;
      seen.add(name);
      if (ENTITIES.has(name)) continue;
      const mentioned = Object.entries(propertiesOf(schema)).flatMap(([key, value]) => this.followed(key, value) ?? []);
      open.push(...mentioned, ...(this.children.get(name) ?? []), ...[baseOf(schema) ?? []].flat());
    }
    return [...seen].sort((a, b) => (a < b ? -1 : 1)).map((name) => this.line(name));
  }

  private line(name: string): string {
    const schema = this.schemas[PREFIX + name] ?? {};
    if (schema.type === 'string') return `${name}=${(schema.enum ?? []).join('|')}`;
    const base = baseOf(schema);
    const properties = Object.entries(propertiesOf(schema))
      .filter(([key]) => key !== '@odata.type')
      .map(([key, value]) => `${key}:${this.typeOf(key, value)}${value.nullable === true ? '?' : ''}`);
    return [`${name}${base === undefined ? '' : `<${base}`}`, ...properties].join(' ');
  }

  private typeOf(key: string, schema: Schema): string {
    const list = schema.type === 'array';
    const target = targetOf(schema);
    const plain = list ? (schema.items ?? {}) : schema;
    const flags = plain['x-graph-flags-enum'];
    if (flags !== undefined) return `~${flags.slice(PREFIX.length)}`;
    const inner =
      target === undefined
        ? (PRIMITIVES[[plain.type ?? '', ...(plain.format === undefined ? [] : [plain.format])].join(' ')] ?? '@')
        : (this.followed(key, schema) ?? '@');
    return list ? `[${inner}]` : inner;
  }

  /** The type that a property holds; undefined for a primitive one, and for a relation that leads out of the collections. */
  private followed(key: string, schema: Schema): string | undefined {
    const target = targetOf(schema);
    return target !== undefined && (!this.isEntity(target) || this.relations.has(key)) ? target : undefined;
  }

  private isEntity(name: string): boolean {
    if (ENTITIES.has(name)) return true;
    const base = baseOf(this.schemas[PREFIX + name] ?? {});
    return base !== undefined && this.isEntity(base);
  }
}

function baseOf({ allOf = [] }: Schema): string | undefined {
  return allOf.flatMap(({ $ref }) => ($ref === undefined ? [] : [nameOf($ref)]))[0];
}

function propertiesOf(schema: Schema): Record<string, Schema> {
  return Object.assign({}, ...(schema.allOf ?? [schema]).map(({ properties }) => properties)) as Record<string, Schema>;
}

function targetOf({ $ref, allOf, items }: Schema): string | undefined {
  const ref = $ref ?? allOf?.[0]?.$ref ?? items?.$ref ?? items?.allOf?.[0]?.$ref;
  return ref === undefined ? undefined : nameOf(ref);
}

function nameOf(ref: string): string {
  return ref.slice(ref.lastIndexOf('/') + 1 + PREFIX.length);
}
