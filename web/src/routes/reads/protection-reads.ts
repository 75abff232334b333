import { backupSetItemsQuery, backupSetQuery, backupSetsQuery } from '../../api/backup-sets';
import { driftStatusQuery, findingQuery, findingsQuery } from '../../api/findings';
import { overviewQuery } from '../../api/overview';
import { policyTypesQuery, referredPoliciesQuery } from '../../api/policies';
import { syncRunsQuery } from '../../api/sync-runs';
import { limitOf, picked } from '../../search-params';
import { read, type InTenant, type Read, type Search } from './read';

export const findingsSearch = picked(
  'kind',
  'status',
  'severity',
  'baselineRunId',
  'currentRunId',
  'baseline',
  'current',
  'group',
  'limit',
  'cursor',
);

export function findingsReads({ tenantId }: InTenant, search: Search): Read[] {
  const { cursor, limit, baseline, current, kind, status, severity, baselineRunId, currentRunId } =
    findingsSearch(search);
  const filters = { kind, status, severity, baselineRunId, currentRunId };
  return [
    read(driftStatusQuery(tenantId, { baselineRunId: baseline, currentRunId: current })),
    read(findingsQuery(tenantId, { ...filters, cursor }, limitOf(limit))),
    read(syncRunsQuery(tenantId)),
    read(overviewQuery(tenantId)),
    read(policyTypesQuery(tenantId)),
  ];
}

export const findingReads = ({ tenantId, findingId }: InTenant & { findingId: string }): Read[] => [
  read(findingQuery(tenantId, findingId)),
  read(policyTypesQuery(tenantId)),
  read(referredPoliciesQuery(tenantId)),
];

export const backupSetsSearch = picked('cursor');

export const backupSetsReads = ({ tenantId }: InTenant, search: Search): Read[] => [
  read(backupSetsQuery(tenantId, backupSetsSearch(search).cursor)),
  read(overviewQuery(tenantId)),
];

export const backupSetSearch = picked('cursor');

export const backupSetReads = (
  { tenantId, backupSetId }: InTenant & { backupSetId: string },
  search: Search,
): Read[] => [
  read(backupSetQuery(tenantId, backupSetId)),
  read(backupSetItemsQuery(tenantId, backupSetId, backupSetSearch(search).cursor)),
  read(overviewQuery(tenantId)),
  read(policyTypesQuery(tenantId)),
];
