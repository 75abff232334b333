import type { Pattern } from './page-code';
import { apiTokensReads, notificationsReads, profileReads } from './reads/account-reads';
import { groupReads, groupsReads } from './reads/directory-reads';
import {
  compareVersionsReads,
  interchangeReads,
  policiesReads,
  policyReads,
  syncRunReads,
} from './reads/inventory-reads';
import { operationReads, operationsReads, overviewReads } from './reads/monitoring-reads';
import { backupSetReads, backupSetsReads, findingReads, findingsReads } from './reads/protection-reads';
import type { Read, Search } from './reads/read';
import { lateTenantReads, signInReads, tenantReads } from './reads/root-reads';
import { membersReads, schedulesReads } from './reads/settings-reads';

type ParamName<Path extends string> = Path extends `${string}$${infer Name}/${infer Rest}`
  ? Name | ParamName<Rest>
  : Path extends `${string}$${infer Name}`
    ? Name
    : never;

/** What each page begins with, where that does not depend on who looks. */
const PAGE_READS: { [Page in Pattern]?: (params: Record<ParamName<Page>, string>, search: Search) => Read[] } = {
  '/sign-in': signInReads,
  '/t/$tenantId': overviewReads,
  '/t/$tenantId/operations': operationsReads,
  '/t/$tenantId/operations/$runId': operationReads,
  '/t/$tenantId/inventory/policies': policiesReads,
  '/t/$tenantId/inventory/policies/$policyId': policyReads,
  '/t/$tenantId/inventory/policies/$policyId/compare': compareVersionsReads,
  '/t/$tenantId/inventory/exchange': interchangeReads,
  '/t/$tenantId/inventory/sync-runs/$syncRunId': syncRunReads,
  '/t/$tenantId/drift/findings': findingsReads,
  '/t/$tenantId/drift/findings/$findingId': findingReads,
  '/t/$tenantId/backup-sets': backupSetsReads,
  '/t/$tenantId/backup-sets/$backupSetId': backupSetReads,
  '/t/$tenantId/directory/groups': groupsReads,
  '/t/$tenantId/directory/groups/$groupId': groupReads,
  '/t/$tenantId/settings/members': membersReads,
  '/t/$tenantId/settings/schedules': schedulesReads,
  '/t/$tenantId/account/profile': profileReads,
  '/t/$tenantId/account/api-tokens': apiTokensReads,
  '/t/$tenantId/notifications': notificationsReads,
};

/** What a page and the frame around it begin with, the page first. */
export function readsAt(page: Pattern, params: Record<string, string>, search: Search): Read[] {
  // Which page it is decides which parameters were found.
  const reads: ((params: never, search: Search) => Read[]) | undefined = PAGE_READS[page];
  const { tenantId } = params;
  return [
    ...(reads?.(params as never, search) ?? []),
    ...(tenantId === undefined ? [] : [...tenantReads({ tenantId }), ...lateTenantReads()]),
  ];
}
