export type FilterOperator = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le' | 'has' | 'startswith' | 'contains' | 'endswith';

/** What `$filter` may say in a collection; everything else is a 400. */
export interface FilterSpec {
  /** Operators by property; a path of complex values is written with `/`, a cast to a type before the property as well. */
  fields: Readonly<Record<string, readonly FilterOperator[]>>;
  /** Whether `isof('microsoft.graph.x')` is understood; it makes sense only where members are of several types. */
  isof: boolean;
}

export const TEXT: readonly FilterOperator[] = ['eq', 'ne', 'startswith', 'contains'];
export const EQUAL: readonly FilterOperator[] = ['eq', 'ne'];
export const FLAGS: readonly FilterOperator[] = ['eq', 'ne', 'has'];
export const TIME: readonly FilterOperator[] = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'];

export const NO_FILTER: FilterSpec = { fields: {}, isof: false };

/** Name and id, and whatever else a collection is known to take. */
export function filterOn(nameField: string, more: FilterSpec['fields'] = {}, isof = false): FilterSpec {
  return { fields: { [nameField]: TEXT, id: EQUAL, ...more }, isof };
}
