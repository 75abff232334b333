import { runEventsQuery, runQuery, runSummaryQuery } from '../../api/operations';
import { overviewQuery } from '../../api/overview';
import { policyTypesQuery } from '../../api/policies';
import { runItemsQuery } from '../../api/run-items';
import { runListQuery } from '../../api/run-list';
import { filtersOf, shownSearch } from '../../pages/operations/run-search';
import { rememberedWindow } from '../../pages/operations/time-window';
import { picked } from '../../search-params';
import { read, type InTenant, type Read, type Search } from './read';

export const overviewReads = ({ tenantId }: InTenant): Read[] => [read(overviewQuery(tenantId))];

export const operationsSearch = picked('bucket', 'type', 'initiator', 'window', 'from', 'to', 'q', 'limit', 'cursor');

export const operationsReads = ({ tenantId }: InTenant, search: Search): Read[] => [
  read(runListQuery(tenantId, filtersOf(shownSearch(operationsSearch(search), rememberedWindow())), false)),
  read(runSummaryQuery(tenantId)),
];

export const operationSearch = picked('result', 'reason', 'cursor');

export function operationReads({ tenantId, runId }: InTenant & { runId: string }, search: Search): Read[] {
  const { result, reason, cursor } = operationSearch(search);
  return [
    read(runQuery(tenantId, runId)),
    read(runEventsQuery(tenantId, runId)),
    read(runItemsQuery(tenantId, runId, { result, reasonCode: reason, cursor })),
    read(policyTypesQuery(tenantId)),
  ];
}
