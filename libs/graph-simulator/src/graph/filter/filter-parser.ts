import {
  COMPARISONS,
  FilterUnreadable,
  FunctionUnknown,
  TEXT_FUNCTIONS,
  type FilterExpression,
  type FilterLiteral,
} from './filter-expression.js';
import { tokensOf, type Token } from './filter-tokens.js';

const DEEPEST = 40;
const NAME = /^[A-Za-z_]\w*(?:[./][A-Za-z_]\w*)*$/;

/**
 * Reads `$filter`: comparisons, `has`, `in`, `startswith`, `contains`, `endswith`, `isof`, `any`, joined by `and`, `or`, `not` and
 * parentheses. Throws FilterUnreadable and FunctionUnknown.
 */
export function parseFilter(text: string): FilterExpression {
  return new FilterParser(tokensOf(text)).read();
}

class FilterParser {
  private position = 0;
  private depth = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  read(): FilterExpression {
    const expression = this.either();
    if (this.position < this.tokens.length) throw this.unreadable();
    return expression;
  }

  private either(): FilterExpression {
    return this.deeper(() => this.joined('or', () => this.joined('and', () => this.one())));
  }

  private joined(kind: 'and' | 'or', part: () => FilterExpression): FilterExpression {
    const first = part();
    const parts = [first];
    while (this.takeWord(kind)) parts.push(part());
    return parts.length === 1 ? first : { kind, parts };
  }

  private one(): FilterExpression {
    if (this.takeWord('not')) return { kind: 'not', inner: this.deeper(() => this.one()) };
    if (this.take('(')) {
      const inner = this.either();
      this.expect(')');
      return inner;
    }
    const name = this.name();
    return this.take('(') ? this.againstBoolean(this.call(name)) : this.comparison(name);
  }

  private comparison(field: string): FilterExpression {
    const word = this.word().toLowerCase();
    if (word === 'in') return { kind: 'in', field, literals: this.literals() };
    const operator = COMPARISONS.find((known) => known === word);
    if (operator === undefined) throw this.unreadable();
    return { kind: 'compare', field, operator, literal: this.literal() };
  }

  private call(name: string): FilterExpression {
    if (/\/any$/i.test(name)) return this.any(name.slice(0, -'/any'.length));
    const lower = name.toLowerCase();
    if (lower === 'isof') {
      const type = this.text().replace(/^#/, '');
      this.expect(')');
      return { kind: 'isof', type };
    }
    const known = TEXT_FUNCTIONS.find((candidate) => candidate === lower);
    if (known === undefined) throw new FunctionUnknown(name);
    const field = this.name();
    this.expect(',');
    const text = String(this.literal());
    this.expect(')');
    return { kind: 'function', name: known, field, text };
  }

  private any(field: string): FilterExpression {
    const variable = this.name();
    this.expect(':');
    const inner = this.either();
    this.expect(')');
    return { kind: 'any', field, variable, inner };
  }

  /** A function may be compared with `true` or `false`: `isof('x') eq false`. */
  private againstBoolean(inner: FilterExpression): FilterExpression {
    const equal = this.takeWord('eq');
    if (!equal && !this.takeWord('ne')) return inner;
    const wanted = this.literal();
    if (typeof wanted !== 'boolean') throw this.unreadable();
    return wanted === equal ? inner : { kind: 'not', inner };
  }

  private literals(): FilterLiteral[] {
    this.expect('(');
    const literals = [this.literal()];
    while (this.take(',')) literals.push(this.literal());
    this.expect(')');
    return literals;
  }

  private literal(): FilterLiteral {
    const token = this.tokens[this.position];
    if (token === undefined || token.kind === 'mark') throw this.unreadable();
    this.position += 1;
    if (token.kind === 'text') return token.text;
    if (token.text === 'null') return null;
    if (token.text === 'true' || token.text === 'false') return token.text === 'true';
    if (/^-?\d+(\.\d+)?$/.test(token.text)) return Number(token.text);
    // An enumeration's member is written with its type: microsoft.graph.x'member'.
    return NAME.test(token.text) && this.tokens[this.position]?.kind === 'text' ? this.text() : token.text;
  }

  private text(): string {
    const token = this.tokens[this.position];
    if (token?.kind !== 'text') throw this.unreadable();
    this.position += 1;
    return token.text;
  }

  private name(): string {
    const token = this.tokens[this.position];
    if (token?.kind !== 'word' || !NAME.test(token.text)) throw this.unreadable();
    this.position += 1;
    return token.text;
  }

  private word(): string {
    const token = this.tokens[this.position];
    if (token?.kind !== 'word') throw this.unreadable();
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
    if (!this.take(mark)) throw this.unreadable();
  }

  private deeper<T>(read: () => T): T {
    this.depth += 1;
    if (this.depth > DEEPEST) throw new FilterUnreadable(this.at(), 'The filter is nested too deeply');
    const result = read();
    this.depth -= 1;
    return result;
  }

  private unreadable(): FilterUnreadable {
    return new FilterUnreadable(this.at());
  }

  private at(): number {
    return this.tokens[this.position]?.at ?? this.tokens.at(-1)?.at ?? 0;
  }
}
