import { textOf } from '../../store/graph-body.js';
import type { FilterOperator, FilterSpec } from '../collections/filter-spec.js';
import { badRequest, unknownProperty, type RequestTrace } from '../graph-errors.js';
import { MODEL, modelName } from '../model/graph-model.js';
import { FilterUnreadable, FunctionUnknown, type FilterExpression } from './filter-expression.js';
import { parseFilter } from './filter-parser.js';
import { filterTest, type Predicate } from './filter-test.js';

/** What `$filter` may name in a collection. */
export interface FilterScope extends FilterSpec {
  /** Declared type of the members, without `#`. */
  entityType: string;
}

/** `$filter` as the collection allows it. Throws a 400 refusal. */
export function readFilter(text: string | undefined, scope: FilterScope, trace: RequestTrace): Predicate {
  if (text === undefined) return () => true;
  const expression = parsed(text, trace);
  check(expression, scope, text, trace);
  return filterTest(expression, (body, type) => {
    const own = modelName(textOf(body, '@odata.type') ?? scope.entityType);
    return own === modelName(type) || MODEL.derives(own, modelName(type));
  });
}

function parsed(text: string, trace: RequestTrace): FilterExpression {
  try {
    return parseFilter(text);
  } catch (error) {
    if (!(error instanceof FilterUnreadable) && !(error instanceof FunctionUnknown)) throw error;
    throw badRequest(trace, `Invalid filter clause: ${error.message} in '${text}'.`);
  }
}

function check(expression: FilterExpression, scope: FilterScope, text: string, trace: RequestTrace): void {
  switch (expression.kind) {
    case 'and':
    case 'or':
      for (const part of expression.parts) check(part, scope, text, trace);
      return;
    case 'not':
      check(expression.inner, scope, text, trace);
      return;
    case 'compare':
      checkField(expression.field, expression.operator, scope, trace);
      return;
    case 'function':
      checkField(expression.field, expression.name, scope, trace);
      return;
    case 'isof':
      if (!scope.isof) throw badRequest(trace, `Invalid filter clause: isof is not supported in '${text}'.`);
      return;
    case 'in':
      checkField(expression.field, 'in', scope, trace);
      return;
    case 'any':
      checkField(expression.field, 'any', scope, trace);
  }
}

function checkField(
  name: string,
  operator: FilterOperator | 'in' | 'any',
  { fields, entityType }: FilterScope,
  trace: RequestTrace,
): void {
  const allowed = fields[name];
  if (allowed === undefined) {
    const type = modelName(entityType);
    const [first = ''] = name.split('/');
    if (!MODEL.knows(type) || MODEL.property(type, first) === undefined)
      throw unknownProperty(trace, name, { entityType }, 'Filter');
    throw badRequest(trace, `The property '${name}' cannot be used in the $filter query option.`);
  }
  if (!allowed.some((candidate) => candidate === operator))
    throw badRequest(trace, `The operator '${operator}' is not supported in $filter for property '${name}'.`);
}
