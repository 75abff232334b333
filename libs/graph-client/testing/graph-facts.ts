import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const FOLDER = path.resolve(import.meta.dirname, '../../../../shared/graph');

/** A row of `policy-types.csv` by its column names. */
export type PolicyTypeRow = Readonly<Record<string, string>>;

/** What `intune-contract.json` says of one collection. */
export interface ContractRow {
  key: string;
  listPath: string;
  permissions: { read: string; write: string };
  pageSize?: string;
  listOmits?: readonly string[];
}

interface Schema {
  $ref?: string;
  allOf?: readonly Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  discriminator?: { mapping?: Record<string, string> };
}

interface OpenApi {
  paths: Record<string, { get?: { responses: { '2XX': { content: { 'application/json': { schema: Schema } } } } } }>;
  components: { schemas: Record<string, Schema> };
}

/** The facts about Graph that were collected outside of this project, as a judge of the catalogue. */
export class GraphFacts {
  readonly rows: readonly PolicyTypeRow[];
  readonly contract: readonly ContractRow[];
  private readonly api: OpenApi;
  private readonly patterns: ReadonlyMap<string, string>;

  /** Undefined where the folder is not there. */
  static load(): GraphFacts | undefined {
    return existsSync(path.join(FOLDER, 'policy-types.csv')) ? new GraphFacts() : undefined;
  }

  private constructor() {
    this.rows = rowsOf(read('policy-types.csv'));
    this.contract = (JSON.parse(read('intune-contract.json')) as { types: ContractRow[] }).types;
    this.api = JSON.parse(read('openapi-subset.json')) as OpenApi;
    this.patterns = new Map(Object.keys(this.api.paths).map((one) => [one.replace(/\{[^}]*\}/g, '{}'), one]));
  }

  /** Whether the description has GET for a path without version, whose parameters are written `{}`. */
  describes(pattern: string): boolean {
    return this.getOf(pattern) !== undefined;
  }

  /** Every property that objects of a described collection may have, of all types that derive from the declared one. */
  propertiesOf(pattern: string): ReadonlySet<string> {
    const names = new Set<string>();
    const answer = this.getOf(pattern);
    const reference = answer?.properties?.['value']?.items?.$ref ?? answer?.$ref;
    if (reference !== undefined) this.collect(nameIn(reference), names, new Set());
    return names;
  }

  private getOf(pattern: string): Schema | undefined {
    const found = this.patterns.get(pattern);
    return found === undefined
      ? undefined
      : this.api.paths[found]?.get?.responses['2XX'].content['application/json'].schema;
  }

  private collect(name: string, names: Set<string>, seen: Set<string>): void {
    if (seen.has(name)) return;
    seen.add(name);
    const schema = this.api.components.schemas[name] ?? {};
    for (const part of [schema, ...(schema.allOf ?? [])]) {
      for (const property of Object.keys(part.properties ?? {})) names.add(property);
      if (part.$ref !== undefined) this.collectOwn(nameIn(part.$ref), names);
      for (const derived of Object.values(part.discriminator?.mapping ?? {}))
        this.collect(nameIn(derived), names, seen);
    }
  }

  /** Properties of a type and of those it derives from, not of those that derive from it. */
  private collectOwn(name: string, names: Set<string>): void {
    const schema = this.api.components.schemas[name] ?? {};
    for (const part of [schema, ...(schema.allOf ?? [])]) {
      for (const property of Object.keys(part.properties ?? {})) names.add(property);
      if (part.$ref !== undefined) this.collectOwn(nameIn(part.$ref), names);
    }
  }
}

function read(name: string): string {
  return readFileSync(path.join(FOLDER, name), 'utf8');
}

function nameIn(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1);
}

function rowsOf(text: string): PolicyTypeRow[] {
  const [head = [], ...lines] = cellsOf(text);
  return lines.map((cells) => Object.fromEntries(head.map((name, at) => [name, cells[at] ?? ''])));
}

/** RFC 4180: a cell in quotes may hold commas and line ends, and doubles the quotes in it. */
function cellsOf(text: string): string[][] {
  const lines: string[][] = [];
  let line: string[] = [];
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    line.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    if (line.some((cell) => cell !== '')) lines.push(line);
    line = [];
  }
  return lines;
}
