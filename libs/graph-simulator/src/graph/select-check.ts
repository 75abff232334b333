import type { GraphCall } from './graph-call.js';
import { unknownProperty } from './graph-errors.js';
import { MODEL, modelName } from './model/graph-model.js';
import type { QueryOptions } from './query-options.js';

/**
 * `$select` may name properties of the declared type; one of a derived type only behind a cast to it
 * (microsoftgraph/msgraph-beta-sdk-dotnet#563). Types that the model does not have are not checked. Throws a 400 refusal.
 */
export function checkSelect(call: GraphCall, entityType: string, { select = [] }: Pick<QueryOptions, 'select'>): void {
  for (const path of select) {
    const parts = path.split('/');
    const cast = parts[0]?.includes('.') === true ? parts.shift() : undefined;
    const type = modelName(cast ?? entityType);
    const [name = ''] = parts;
    if (!MODEL.knows(type) || name === '*' || MODEL.property(type, name) !== undefined) continue;
    throw unknownProperty(call.trace, name, { entityType: cast ?? entityType }, 'Select and Expand');
  }
}
