/** The code of each page, by the pattern of its address: fetched when a page is opened, or before. */
export const PAGE_CODE = {
  '/sign-in': () => import('../pages/sign-in/sign-in-page'),
  '/invitation': () => import('../pages/invitation/invitation-page'),
  '/t/$tenantId': () => import('../pages/overview/overview-page'),
  '/t/$tenantId/operations': () => import('../pages/operations/operations-page'),
  '/t/$tenantId/operations/$runId': () => import('../pages/operations/operation-page'),
  '/t/$tenantId/inventory/policies': () => import('../pages/inventory/policies-page'),
  '/t/$tenantId/inventory/policies/$policyId': () => import('../pages/inventory/policy-page'),
  '/t/$tenantId/inventory/policies/$policyId/compare': () => import('../pages/inventory/compare-versions-page'),
  '/t/$tenantId/inventory/exchange': () => import('../pages/interchange/interchange-page'),
  '/t/$tenantId/inventory/sync-runs/$syncRunId': () => import('../pages/inventory/sync-run-page'),
  '/t/$tenantId/drift/findings': () => import('../pages/drift/findings-page'),
  '/t/$tenantId/drift/findings/$findingId': () => import('../pages/drift/finding-page'),
  '/t/$tenantId/backup-sets': () => import('../pages/backup-sets/backup-sets-page'),
  '/t/$tenantId/backup-sets/$backupSetId': () => import('../pages/backup-sets/backup-set-page'),
  '/t/$tenantId/directory/groups': () => import('../pages/directory/groups-page'),
  '/t/$tenantId/directory/groups/$groupId': () => import('../pages/directory/group-page'),
  '/t/$tenantId/settings/graph-connection': () => import('../pages/graph-connection/connection-page'),
  '/t/$tenantId/settings/members': () => import('../pages/members/members-page'),
  '/t/$tenantId/settings/schedules': () => import('../pages/schedules/schedules-page'),
  '/t/$tenantId/settings/channels': () => import('../pages/channels/channels-page'),
  '/t/$tenantId/settings/channels/$channelId': () => import('../pages/channels/channel-page'),
  '/t/$tenantId/audit': () => import('../pages/audit/audit-page'),
  '/t/$tenantId/account/profile': () => import('../pages/account/profile-page'),
  '/t/$tenantId/account/api-tokens': () => import('../pages/api-tokens/api-tokens-page'),
  '/t/$tenantId/notifications': () => import('../pages/notifications/notifications-page'),
} as const;

export type Pattern = keyof typeof PAGE_CODE;

/** The page of an address and the parameters in it; undefined for pages that are part of the shell, and for none. */
export function pageAt(pathname: string): { page: Pattern; params: Record<string, string> } | undefined {
  const parts = pathname.split('/').filter((part) => part !== '');
  for (const page of Object.keys(PAGE_CODE) as Pattern[]) {
    const params = paramsOf(page.split('/').slice(1), parts);
    if (params !== undefined) return { page, params };
  }
  return undefined;
}

/** How the code of the page at an address is fetched. */
export function codeAt(pathname: string): (() => Promise<unknown>) | undefined {
  const found = pageAt(pathname);
  return found && PAGE_CODE[found.page];
}

function paramsOf(wanted: readonly string[], parts: readonly string[]): Record<string, string> | undefined {
  if (wanted.length !== parts.length) return undefined;
  const params: Record<string, string> = {};
  for (const [at, name] of wanted.entries()) {
    const part = parts[at] ?? '';
    if (name.startsWith('$')) params[name.slice(1)] = part;
    else if (name !== part) return undefined;
  }
  return params;
}
