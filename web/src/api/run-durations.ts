import { queryOptions } from '@tanstack/react-query';
import { get } from './client';
import { tenantKey } from './keys';
import type { Schema } from './schemas';

/** How long the newest runs of a type took in this tenant, and what is usual. */
export type TypeDurations = Schema<'RunTypeDurationsDto'>;
export type WorkedRun = Schema<'WorkedRunDto'>;

/** @param revision changes when another run of the type has ended, so that it is read again */
export function runDurationsQuery(tenantId: string, type: string, revision = '') {
  return queryOptions({
    queryKey: [...tenantKey(tenantId), 'operations', 'durations', type, revision],
    queryFn: async ({ signal }) => {
      const { items } = await get<Schema<'RunDurationsDto'>>(
        `/tenants/${tenantId}/operations/durations`,
        { type },
        signal,
      );
      return items[0] ?? null;
    },
    staleTime: 60_000,
  });
}
