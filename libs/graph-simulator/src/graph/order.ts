import { textOf, type GraphBody } from '../store/graph-body.js';
import { badRequest, type RequestTrace } from './graph-errors.js';
import { MODEL, modelName } from './model/graph-model.js';
import type { OrderItem } from './query-options.js';

/** Items in the order that `$orderby` asks for, names without regard to case. Throws a 400 refusal for a property that is not there or not allowed. */
export function inOrder<T extends { body: GraphBody }>(
  items: readonly T[],
  order: readonly OrderItem[],
  allowed: readonly string[],
  trace: RequestTrace,
  entityType: string,
): readonly T[] {
  const type = modelName(entityType);
  const unknown = order.find(({ field }) => MODEL.knows(type) && MODEL.property(type, field) === undefined);
  if (unknown !== undefined)
    throw badRequest(trace, `Could not find a property named '${unknown.field}' on type '${entityType}'.`);
  const refused = order.find(({ field }) => !allowed.includes(field));
  if (refused !== undefined)
    throw badRequest(trace, `The property '${refused.field}' cannot be used in the $orderby query option.`);
  if (order.length === 0) return items;
  return [...items].sort((a, b) => {
    for (const { field, descending } of order) {
      const [first, second] = [sortKey(a.body, field), sortKey(b.body, field)];
      if (first !== second) return first < second === descending ? 1 : -1;
    }
    return 0;
  });
}

function sortKey(body: GraphBody, field: string): string {
  return (textOf(body, field) ?? '').toLowerCase();
}
