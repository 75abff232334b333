import { FilterUnreadable, FunctionUnknown, type FilterExpression } from '../graph/filter/filter-expression.js';
import { parseFilter } from '../graph/filter/filter-parser.js';
import { filterTest } from '../graph/filter/filter-test.js';
import type { GraphBody } from '../store/graph-body.js';

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

/**
 * The `$filter` of directory objects: `eq ne gt ge lt le in`, `startsWith`, `endsWith`, `any`, `and or not`, brackets. `ne`, `not` and
 * `endsWith` are advanced (`concepts/aad-advanced-queries.md`); `contains`, `has` and `isof` are not taken. Throws FilterRefused.
 */
export function readDirectoryFilter(text: string, properties: ReadonlySet<string>): DirectoryFilter {
  const expression = parsed(text);
  const advanced = isAdvanced(expression, properties);
  return { matches: filterTest(expression, () => false), advanced };
}

function parsed(text: string): FilterExpression {
  try {
    return parseFilter(text);
  } catch (error) {
    if (error instanceof FilterUnreadable) throw new FilterRefused('syntax', error.message);
    if (error instanceof FunctionUnknown) throw new FilterRefused('unsupported', error.message);
    throw error;
  }
}

/** Whether it needs the header, after a check of everything that it names; `names` are properties and variables. */
function isAdvanced(expression: FilterExpression, names: ReadonlySet<string>): boolean {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return expression.parts.map((part) => isAdvanced(part, names)).includes(true);
    case 'not':
      isAdvanced(expression.inner, names);
      return true;
    case 'compare':
      checkName(expression.field, names);
      if (expression.operator === 'has') throw new FilterRefused('unsupported', "Unsupported operator 'has'");
      return expression.operator === 'ne';
    case 'in':
      checkName(expression.field, names);
      return false;
    case 'function':
      checkName(expression.field, names);
      // `contains` is known to OData and not to the directory.
      if (expression.name === 'contains') throw new FilterRefused('unsupported', "Unsupported function 'contains'");
      return expression.name === 'endswith';
    case 'isof':
      throw new FilterRefused('unsupported', "Unsupported function 'isof'");
    case 'any':
      checkName(expression.field, names);
      return isAdvanced(expression.inner, new Set([...names, expression.variable]));
  }
}

function checkName(name: string, names: ReadonlySet<string>): void {
  if (!names.has(name)) throw new FilterRefused('property', name);
}
