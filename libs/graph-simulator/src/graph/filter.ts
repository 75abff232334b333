import { isBody, textOf, type GraphBody, type JsonValue } from '../store/graph-body.js';
import type { FilterOperator, FilterSpec } from './collections/filter-spec.js';
import { filterTokens, type FilterToken } from './filter-tokens.js';
import { badRequest, unknownProperty, type GraphRefusal, type RequestTrace } from './graph-errors.js';

/** What `$filter` may name in a collection. */
export interface FilterScope extends FilterSpec {
  /** Declared type of the members, without `#`. */
  entityType: string;
}

export type Predicate = (body: GraphBody) => boolean;

const COMPARISONS: ReadonlySet<string> = new Set(['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'has']);
const FUNCTIONS: ReadonlySet<string> = new Set(['startswith', 'contains', 'endswith']);
const DEEPEST = 40;

/**
 * `$filter` as the collection allows it: comparisons, `has`, `startswith`, `contains`, `endswith` and `isof`, joined by
 * `and`, `or`, `not` and parentheses. Text is compared without regard to case, as the services do. Throws a 400 refusal.
 */
export function readFilter(text: string | undefined, scope: FilterScope, trace: RequestTrace): Predicate {
  if (text === undefined) return () => true;
  return new FilterReader(filterTokens(text, trace), text, scope, trace).read();
}

class FilterReader {
  private at = 0;
  private depth = 0;

  constructor(
    private readonly tokens: readonly FilterToken[],
    private readonly text: string,
    private readonly scope: FilterScope,
    private readonly trace: RequestTrace,
  ) {}

  read(): Predicate {
    const predicate = this.either();
    if (this.at < this.tokens.length) throw this.invalid();
    return predicate;
  }

  private either(): Predicate {
    this.depth += 1;
    if (this.depth > DEEPEST) throw badRequest(this.trace, 'The filter is nested too deeply.');
    const parts = [this.both()];
    while (this.takeName('or')) parts.push(this.both());
    this.depth -= 1;
    return parts.length === 1 ? (parts[0] as Predicate) : (body) => parts.some((part) => part(body));
  }

  private both(): Predicate {
    const parts = [this.one()];
    while (this.takeName('and')) parts.push(this.one());
    return parts.length === 1 ? (parts[0] as Predicate) : (body) => parts.every((part) => part(body));
  }

  private one(): Predicate {
    if (this.takeName('not')) {
      const inner = this.one();
      return (body) => !inner(body);
    }
    if (this.takeMark('(')) {
      const inner = this.either();
      this.expectMark(')');
      return inner;
    }
    const name = this.name();
    if (!this.takeMark('(')) return this.comparison(name);
    return this.againstBoolean(this.call(name.toLowerCase()));
  }

  private call(name: string): Predicate {
    if (name === 'isof') {
      const wanted = this.textLiteral().replace(/^#/, '');
      this.expectMark(')');
      if (!this.scope.isof) throw this.invalid();
      return (body) => wanted === this.scope.entityType || textOf(body, '@odata.type') === `#${wanted}`;
    }
    if (!FUNCTIONS.has(name)) throw this.invalid();
    const path = this.field(this.name(), name as FilterOperator);
    this.expectMark(',');
    const sought = folded(this.textLiteral());
    this.expectMark(')');
    return (body) => {
      const value = valueAt(body, path);
      if (typeof value !== 'string') return false;
      if (name === 'startswith') return folded(value).startsWith(sought);
      return name === 'contains' ? folded(value).includes(sought) : folded(value).endsWith(sought);
    };
  }

  /** A function may be compared with `true` or `false`: `isof('x') eq false`. */
  private againstBoolean(predicate: Predicate): Predicate {
    const equal = this.takeName('eq');
    if (!equal && !this.takeName('ne')) return predicate;
    const wanted = this.literal();
    if (typeof wanted !== 'boolean') throw this.invalid();
    return (body) => (predicate(body) === wanted) === equal;
  }

  private comparison(name: string): Predicate {
    const operator = this.name().toLowerCase();
    if (!COMPARISONS.has(operator)) throw this.invalid();
    const path = this.field(name, operator as FilterOperator);
    const literal = this.literal();
    return (body) => compare(valueAt(body, path), operator, literal);
  }

  private field(name: string, operator: FilterOperator): string[] {
    const allowed = this.scope.fields[name];
    if (allowed === undefined) throw unknownProperty(this.trace, name, this.scope, 'Filter');
    if (!allowed.includes(operator))
      throw badRequest(this.trace, `The operator '${operator}' is not supported in $filter for property '${name}'.`);
    return name.split('/').filter((part) => !part.includes('.'));
  }

  private literal(): JsonValue {
    const token = this.tokens[this.at];
    this.at += 1;
    if (token?.kind === 'text') return token.value;
    if (token?.kind === 'bare') return /^-?\d+(\.\d+)?$/.test(token.text) ? Number(token.text) : token.text;
    if (token?.kind !== 'name') throw this.invalid();
    if (token.text === 'null') return null;
    if (token.text === 'true' || token.text === 'false') return token.text === 'true';
    // An enumeration's member is written with its type: microsoft.graph.x'member'.
    return this.textLiteral();
  }

  private textLiteral(): string {
    const token = this.tokens[this.at];
    this.at += 1;
    if (token?.kind !== 'text') throw this.invalid();
    return token.value;
  }

  private name(): string {
    const token = this.tokens[this.at];
    this.at += 1;
    if (token?.kind !== 'name') throw this.invalid();
    return token.text;
  }

  private takeName(text: string): boolean {
    const token = this.tokens[this.at];
    const found = token?.kind === 'name' && token.text.toLowerCase() === text;
    if (found) this.at += 1;
    return found;
  }

  private takeMark(text: string): boolean {
    const token = this.tokens[this.at];
    const found = token?.kind === 'mark' && token.text === text;
    if (found) this.at += 1;
    return found;
  }

  private expectMark(text: string): void {
    if (!this.takeMark(text)) throw this.invalid();
  }

  private invalid(): GraphRefusal {
    return badRequest(this.trace, `Invalid filter clause: '${this.text}' cannot be read or is not supported here.`);
  }
}

function valueAt(body: GraphBody, path: readonly string[]): JsonValue {
  return path.reduce<JsonValue>((value, part) => (isBody(value) ? (value[part] ?? null) : null), body);
}

function compare(value: JsonValue, operator: string, literal: JsonValue): boolean {
  switch (operator) {
    case 'eq':
      return same(value, literal);
    case 'ne':
      return !same(value, literal);
    case 'has':
      return typeof value === 'string' && value.split(',').some((flag) => same(flag.trim(), literal));
    default: {
      const [a, b] = [ordinal(value), ordinal(literal)];
      if (operator === 'gt') return a > b;
      if (operator === 'ge') return a >= b;
      return operator === 'lt' ? a < b : a <= b;
    }
  }
}

function same(a: JsonValue, b: JsonValue): boolean {
  return typeof a === 'string' && typeof b === 'string' ? folded(a) === folded(b) : a === b;
}

/** Times and numbers on one scale; anything else compares with nothing. */
function ordinal(value: JsonValue): number {
  return typeof value === 'string' ? Date.parse(value) : typeof value === 'number' ? value : Number.NaN;
}

function folded(text: string): string {
  return text.toLowerCase();
}
