import { textOf, type GraphBody } from '../store/graph-body.js';
import { badRequest, unknownProperty, type RequestTrace } from './graph-errors.js';

/** What `$filter` may name in a collection. */
export interface FilterScope {
  /** Declared type of the members, without `#`. */
  entityType: string;
  /** Properties that may be compared as text. */
  textFields: readonly string[];
  /** Properties that may be compared as times. */
  timeFields: readonly string[];
  /** `isof` makes sense only where members are of several types. */
  polymorphic: boolean;
}

type Predicate = (body: GraphBody) => boolean;

const LITERAL = "'((?:[^']|'')*)'";
const EQUALS = new RegExp(`^([A-Za-z]\\w*)\\s+eq\\s+${LITERAL}$`);
const STARTS_WITH = new RegExp(`^startswith\\(\\s*([A-Za-z]\\w*)\\s*,\\s*${LITERAL}\\s*\\)$`, 'i');
const IS_OF = new RegExp(`^(not\\s*\\(?\\s*)?isof\\(\\s*${LITERAL}\\s*\\)\\)?$`, 'i');
const TIME = /^([A-Za-z]\w*)\s+(gt|ge|lt|le)\s+(\d{4}-\d\d-\d\dT[\d:.]+Z)$/;
const CLAUSE_BREAK = /\s+and\s+(?=(?:[^']*'[^']*')*[^']*$)/i;

/**
 * The subset of `$filter` that is known to work on these types: `eq`, `startswith`, `isof`, and times on audit events,
 * joined by `and`. Text is compared without regard to case, as the services do. Throws a 400 refusal for anything else.
 */
export function readFilter(text: string | undefined, scope: FilterScope, trace: RequestTrace): Predicate {
  if (text === undefined) return () => true;
  const clauses = text
    .trim()
    .split(CLAUSE_BREAK)
    .map((clause) => readClause(clause.trim(), scope, trace));
  return (body) => clauses.every((clause) => clause(body));
}

function readClause(clause: string, scope: FilterScope, trace: RequestTrace): Predicate {
  const equals = EQUALS.exec(clause);
  if (equals !== null) {
    const [, field = '', literal = ''] = equals;
    const property = known(field, scope.textFields, scope, trace);
    return (body) => folded(textOf(body, property)) === folded(unquoted(literal));
  }
  const prefix = STARTS_WITH.exec(clause);
  if (prefix !== null) {
    const [, field = '', literal = ''] = prefix;
    const property = known(field, scope.textFields, scope, trace);
    return (body) => folded(textOf(body, property))?.startsWith(folded(unquoted(literal)) ?? '') ?? false;
  }
  const type = IS_OF.exec(clause);
  if (type !== null && scope.polymorphic) {
    const [, negated, literal = ''] = type;
    const wanted = literal.replace(/^#/, '');
    return (body) =>
      (wanted === scope.entityType || textOf(body, '@odata.type') === `#${wanted}`) !== (negated !== undefined);
  }
  const time = TIME.exec(clause);
  if (time !== null) return timeClause(time, scope, trace);
  throw badRequest(trace, `Invalid filter clause: the simulator does not know '${clause}'.`);
}

function timeClause(
  [, field = '', operator, literal = '']: RegExpExecArray,
  scope: FilterScope,
  trace: RequestTrace,
): Predicate {
  const property = known(field, scope.timeFields, scope, trace);
  const limit = Date.parse(literal);
  return (body) => {
    const value = Date.parse(textOf(body, property) ?? '');
    if (operator === 'gt') return value > limit;
    if (operator === 'ge') return value >= limit;
    return operator === 'lt' ? value < limit : value <= limit;
  };
}

function known(field: string, fields: readonly string[], scope: FilterScope, trace: RequestTrace): string {
  if (!fields.includes(field)) throw unknownProperty(trace, field, scope, 'Filter');
  return field;
}

function unquoted(literal: string): string {
  return literal.replaceAll("''", "'");
}

function folded(text: string | undefined): string | undefined {
  return text?.toLowerCase();
}
