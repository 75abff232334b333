import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { get } from './client';
import { tenantKey } from './keys';
import type { RunItem } from './operations';
import type { Page } from './page';

export interface RunItemFilters {
  result?: string | undefined;
  reasonCode?: string | undefined;
}

/** The prefix of all that is read of a run's items. */
export const runItemsKey = (tenantId: string, runId: string): readonly unknown[] => keyOf(tenantId, runId);

/** Rows of one page of items. */
const ITEMS_SHOWN = 100;
/** Items that a group of failures names. */
const NAMED = 25;

const pathOf = (tenantId: string, runId: string): string => `/tenants/${tenantId}/operations/${runId}/items`;
const keyOf = (tenantId: string, runId: string, ...rest: unknown[]): unknown[] => [
  ...tenantKey(tenantId),
  'operations',
  runId,
  'items',
  ...rest,
];

export function runItemsQuery(
  tenantId: string,
  runId: string,
  filters: RunItemFilters & { cursor?: string | undefined },
) {
  return queryOptions({
    queryKey: keyOf(tenantId, runId, filters),
    queryFn: ({ signal }) => get<Page<RunItem>>(pathOf(tenantId, runId), { ...filters, limit: ITEMS_SHOWN }, signal),
    placeholderData: keepPreviousData,
  });
}

/** The first failed items with one reason. */
export function reasonItemsQuery(tenantId: string, runId: string, reasonCode: string) {
  return queryOptions({
    queryKey: keyOf(tenantId, runId, 'reason', reasonCode),
    queryFn: ({ signal }) =>
      get<Page<RunItem>>(pathOf(tenantId, runId), { result: 'failed', reasonCode, limit: NAMED }, signal),
  });
}

/** Where the same items are to be had as CSV. */
export function itemsCsvAddress(tenantId: string, runId: string, filters: RunItemFilters): string {
  const search = new URLSearchParams(
    Object.entries(filters).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  );
  const query = search.toString();
  return `/api/v1${pathOf(tenantId, runId)}.csv${query === '' ? '' : `?${query}`}`;
}
