import { isBody, type GraphBody, type JsonValue } from '../../store/graph-body.js';
import type { Comparison, FilterExpression, FilterLiteral, TextFunction } from './filter-expression.js';

export type Predicate = (body: GraphBody) => boolean;

/** Whether an object is of a type, named without `#`. */
export type IsOf = (body: GraphBody, type: string) => boolean;

type Scope = ReadonlyMap<string, JsonValue>;
type Test = (body: GraphBody, scope: Scope) => boolean;

const TIME = /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?$/i;

/**
 * Tests objects by an expression: text without regard to case, times as times, a missing property as null. A cast before a
 * property (`microsoft.graph.x/name`) says only of which type the object has to be.
 */
export function filterTest(expression: FilterExpression, isOf: IsOf): Predicate {
  const test = testOf(expression, isOf);
  return (body) => test(body, new Map());
}

function testOf(expression: FilterExpression, isOf: IsOf): Test {
  switch (expression.kind) {
    case 'and':
    case 'or': {
      const parts = expression.parts.map((part) => testOf(part, isOf));
      if (expression.kind === 'and') return (body, scope) => parts.every((part) => part(body, scope));
      return (body, scope) => parts.some((part) => part(body, scope));
    }
    case 'not': {
      const inner = testOf(expression.inner, isOf);
      return (body, scope) => !inner(body, scope);
    }
    case 'isof':
      return (body) => isOf(body, expression.type);
    case 'compare': {
      const { operator, literal } = expression;
      const read = readerOf(expression.field);
      return (body, scope) => holds(read(body, scope), operator, literal);
    }
    case 'in': {
      const read = readerOf(expression.field);
      return (body, scope) => expression.literals.some((literal) => holds(read(body, scope), 'eq', literal));
    }
    case 'function': {
      const read = readerOf(expression.field);
      const sought = expression.text.toLowerCase();
      return (body, scope) => {
        const value = read(body, scope);
        return typeof value === 'string' && found(value.toLowerCase(), expression.name, sought);
      };
    }
    case 'any': {
      const read = readerOf(expression.field);
      const inner = testOf(expression.inner, isOf);
      return (body, scope) => {
        const value = read(body, scope);
        if (!Array.isArray(value)) return false;
        return value.some((element) => inner(body, new Map([...scope, [expression.variable, element]])));
      };
    }
  }
}

function readerOf(field: string): (body: GraphBody, scope: Scope) => JsonValue {
  const [first = '', ...rest] = field.split('/').filter((part) => !part.includes('.'));
  return (body, scope) => {
    const start = scope.has(first) ? (scope.get(first) ?? null) : (body[first] ?? null);
    return rest.reduce<JsonValue>((value, part) => (isBody(value) ? (value[part] ?? null) : null), start);
  };
}

function holds(value: JsonValue, operator: Comparison, literal: FilterLiteral): boolean {
  if (operator === 'has')
    return typeof value === 'string' && value.split(',').some((flag) => compared(flag.trim(), literal) === 0);
  const order = compared(value, literal);
  if (order === undefined) return operator === 'ne';
  switch (operator) {
    case 'eq':
      return order === 0;
    case 'ne':
      return order !== 0;
    case 'gt':
      return order > 0;
    case 'ge':
      return order >= 0;
    case 'lt':
      return order < 0;
    case 'le':
      return order <= 0;
  }
}

function found(value: string, name: TextFunction, sought: string): boolean {
  switch (name) {
    case 'startswith':
      return value.startsWith(sought);
    case 'contains':
      return value.includes(sought);
    case 'endswith':
      return value.endsWith(sought);
  }
}

/** Below, at or above 0 as the value lies to the literal; undefined where the two cannot be compared. */
function compared(value: JsonValue, literal: FilterLiteral): number | undefined {
  if (value === null || literal === null) return value === literal ? 0 : undefined;
  if (typeof value === 'string' && typeof literal === 'string') {
    if (TIME.test(value) && TIME.test(literal)) return Date.parse(value) - Date.parse(literal);
    const [a, b] = [value.toLowerCase(), literal.toLowerCase()];
    return a === b ? 0 : a < b ? -1 : 1;
  }
  if (typeof value === 'number' && typeof literal === 'number') return value - literal;
  return value === literal ? 0 : undefined;
}
