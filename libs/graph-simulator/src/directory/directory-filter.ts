import type { GraphBody, JsonValue } from '../store/graph-body.js';
import { tokensOf, type Token } from './filter-tokens.js';

export interface DirectoryFilter {
  matches(body: GraphBody): boolean;
  /** Uses an operator that the directory takes with `ConsistencyLevel: eventual` only. */
  advanced: boolean;
}

/** A filter that Graph does not take; `property` is set where it names one that does not exist. */
export class FilterRefused extends Error {
  constructor(
    readonly reason: 'syntax' | 'unsupported' | 'property',
    readonly detail: string,
  ) {
    super(detail);
  }
}

type Scope = ReadonlyMap<string, JsonValue>;
type Test = (body: GraphBody, scope: Scope) => boolean;
type Read = (body: GraphBody, scope: Scope) => JsonValue;

const DEEPEST = 40;
const COMPARISONS: Record<string, (order: number) => boolean> = {
  eq: (order) => order === 0,
  ne: (order) => order !== 0,
  gt: (order) => order > 0,
  ge: (order) => order >= 0,
  lt: (order) => order < 0,
  le: (order) => order <= 0,
};

/**
 * The `$filter` of directory objects: `eq ne gt ge lt le in`, `startsWith`, `endsWith`, `any`, `and or not`, brackets. Text is
 * compared without regard to case, a missing property is null. `ne`, `not` and `endsWith` are advanced
 * (`concepts/aad-advanced-queries.md`). Throws FilterRefused.
 */
export function readDirectoryFilter(text: string, properties: ReadonlySet<string>): DirectoryFilter {
  return new FilterReader(tokensOf(text), properties).read();
}

class FilterReader {
  private position = 0;
  private depth = 0;
  private advanced = false;
  private readonly variables = new Set<string>();

  constructor(
    private readonly tokens: readonly Token[],
    private readonly properties: ReadonlySet<string>,
  ) {}

  read(): DirectoryFilter {
    const test = this.either();
    if (this.position < this.tokens.length) throw this.syntax();
    return { matches: (body) => test(body, new Map()), advanced: this.advanced };
  }

  private either(): Test {
    this.depth += 1;
    if (this.depth > DEEPEST) throw new FilterRefused('syntax', 'The filter is nested too deeply');
    const tests = [this.both()];
    while (this.takeWord('or')) tests.push(this.both());
    this.depth -= 1;
    return (body, scope) => tests.some((test) => test(body, scope));
  }

  private both(): Test {
    const tests = [this.one()];
    while (this.takeWord('and')) tests.push(this.one());
    return (body, scope) => tests.every((test) => test(body, scope));
  }

  private one(): Test {
    if (this.takeWord('not')) {
      this.advanced = true;
      this.depth += 1;
      if (this.depth > DEEPEST) throw new FilterRefused('syntax', 'The filter is nested too deeply');
      const inner = this.one();
      this.depth -= 1;
      return (body, scope) => !inner(body, scope);
    }
    if (this.take('(')) {
      const inner = this.either();
      this.expect(')');
      return inner;
    }
    const name = this.word();
    if (this.take('(')) return this.call(name);
    if (name.toLowerCase().endsWith('/any')) throw this.syntax();
    const read = this.property(name);
    const operator = this.word().toLowerCase();
    if (operator === 'in') return this.oneOf(read);
    const holds = COMPARISONS[operator];
    if (holds === undefined) throw this.syntax();
    if (operator === 'ne') this.advanced = true;
    const literal = this.literal();
    return (body, scope) => {
      const order = compared(read(body, scope), literal);
      return order === undefined ? operator === 'ne' : holds(order);
    };
  }

  private call(name: string): Test {
    if (/\/any$/i.test(name)) return this.any(this.property(name.slice(0, -4)));
    const read = this.property(this.word());
    this.expect(',');
    const literal = this.literal();
    this.expect(')');
    const wanted = String(literal).toLowerCase();
    const textual = (test: (text: string) => boolean): Test => {
      return (body, scope) => {
        const value = read(body, scope);
        return typeof value === 'string' && test(value.toLowerCase());
      };
    };
    switch (name.toLowerCase()) {
      case 'startswith':
        return textual((text) => text.startsWith(wanted));
      case 'endswith':
        this.advanced = true;
        return textual((text) => text.endsWith(wanted));
      default:
        // `contains` is known to OData and not to the directory.
        throw new FilterRefused('unsupported', `Unsupported function '${name}'.`);
    }
  }

  private any(read: Read): Test {
    const variable = this.word();
    this.expect(':');
    this.variables.add(variable);
    const inner = this.either();
    this.variables.delete(variable);
    this.expect(')');
    return (body, scope) => {
      const value = read(body, scope);
      return Array.isArray(value) && value.some((element) => inner(body, new Map([...scope, [variable, element]])));
    };
  }

  private oneOf(read: Read): Test {
    this.expect('(');
    const literals = [this.literal()];
    while (this.take(',')) literals.push(this.literal());
    this.expect(')');
    return (body, scope) => literals.some((literal) => compared(read(body, scope), literal) === 0);
  }

  private property(name: string): Read {
    if (this.variables.has(name)) return (_body, scope) => scope.get(name) ?? null;
    if (!this.properties.has(name)) throw new FilterRefused('property', name);
    return (body) => body[name] ?? null;
  }

  private literal(): string | number | boolean | null {
    const token = this.tokens[this.position];
    if (token === undefined || token.kind === 'mark') throw this.syntax();
    this.position += 1;
    if (token.kind === 'text') return token.text;
    if (token.text === 'null') return null;
    if (token.text === 'true' || token.text === 'false') return token.text === 'true';
    return /^-?\d+(\.\d+)?$/.test(token.text) ? Number(token.text) : token.text;
  }

  private word(): string {
    const token = this.tokens[this.position];
    if (token?.kind !== 'word') throw this.syntax();
    this.position += 1;
    return token.text;
  }

  private takeWord(word: string): boolean {
    const token = this.tokens[this.position];
    const found = token?.kind === 'word' && token.text.toLowerCase() === word;
    if (found) this.position += 1;
    return found;
  }

  private take(mark: string): boolean {
    const token = this.tokens[this.position];
    const found = token?.kind === 'mark' && token.text === mark;
    if (found) this.position += 1;
    return found;
  }

  private expect(mark: string): void {
    if (!this.take(mark)) throw this.syntax();
  }

  private syntax(): FilterRefused {
    const at = this.tokens[this.position]?.at ?? this.tokens.at(-1)?.at ?? 0;
    return new FilterRefused('syntax', `Syntax error at position ${at}`);
  }
}

/** Below, at or above 0 as the value lies to the literal; undefined where the two cannot be compared. */
function compared(value: JsonValue, literal: string | number | boolean | null): number | undefined {
  if (value === null || literal === null) return value === literal ? 0 : undefined;
  if (typeof value === 'string' && typeof literal === 'string') {
    const [a, b] = [value.toLowerCase(), literal.toLowerCase()];
    const [timeA, timeB] = [timeOf(value), timeOf(literal)];
    if (timeA !== undefined && timeB !== undefined) return timeA - timeB;
    return a === b ? 0 : a < b ? -1 : 1;
  }
  if (typeof value === 'number' && typeof literal === 'number') return value - literal;
  return value === literal ? 0 : undefined;
}

function timeOf(text: string): number | undefined {
  return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/i.test(text) ? Date.parse(text) : undefined;
}
