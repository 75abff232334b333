import type { Page } from 'playwright-core';
import type { Permission } from '#libs/access-model/src/permissions.js';
import type { RunningApp } from '../../support/running-app.js';
import type { PageIds } from '../../screenshots/routes.mjs';
import { ask, ended, start } from './runs.js';

/** What a page is for. */
export interface PagePurpose {
  heading: string | RegExp;
  /** Its main button, and what a role needs to use it; pages that only show have none. */
  action?: { button: string; permission: Permission };
  /** What a role needs to see what the page is about; every member may see the others. */
  reads?: Permission;
}

/** By the names that `pagesOf` gives. */
export const PURPOSES: Readonly<Record<string, PagePurpose>> = {
  overview: { heading: 'Overview', action: { button: 'Run sync', permission: 'inventory:sync' } },
  'inventory-policies': { heading: 'Inventory', action: { button: 'Run sync', permission: 'inventory:sync' } },
  'inventory-policies-one': {
    heading: /\S/,
    action: { button: 'Add to backup set', permission: 'backup-sets:write' },
  },
  'inventory-policies-one-compare': { heading: 'Compare versions' },
  'inventory-exchange': { heading: /export/i, action: { button: 'Export', permission: 'inventory:export' } },
  'inventory-sync-runs-one': { heading: /^Inventory sync \d+$/ },
  'drift-findings': { heading: 'Drift', action: { button: 'Generate drift', permission: 'drift:generate' } },
  'drift-findings-one': { heading: /\S/, action: { button: 'Acknowledge', permission: 'drift:decide' } },
  'backup-sets': { heading: 'Backup sets', action: { button: 'Create backup set', permission: 'backup-sets:write' } },
  'backup-sets-one': {
    heading: 'Before the changes',
    action: { button: 'Add policies', permission: 'backup-sets:write' },
  },
  'directory-groups': { heading: 'Directory', action: { button: 'Sync groups', permission: 'directory:sync' } },
  'directory-groups-one': { heading: /\S/ },
  operations: { heading: 'Operations' },
  'operations-one': { heading: /^Inventory sync/ },
  notifications: { heading: 'Notifications' },
  audit: { heading: 'Audit', reads: 'audit:read' },
  'settings-members': {
    heading: 'Members and roles',
    action: { button: 'Add a person', permission: 'members:write' },
  },
  'settings-graph-connection': {
    heading: 'Graph connection',
    action: { button: 'Test connection', permission: 'connection:write' },
  },
  'settings-schedules': {
    heading: 'Schedules',
    action: { button: 'Create schedule', permission: 'schedules:write' },
  },
  'settings-channels': { heading: 'Notification channels', reads: 'channels:write' },
  'settings-channels-one': { heading: /\S/, reads: 'channels:write' },
  'account-profile': { heading: 'Profile' },
  'account-api-tokens': { heading: 'API tokens' },
};

interface Listed {
  items: { id: string }[];
}

/** Lets enough happen in the tenant that every page has something to show; `page` is an Owner's. */
export async function fillTenant(page: Page, app: RunningApp, tenantId: string): Promise<PageIds> {
  const inTenant = `/tenants/${tenantId}`;
  const run = async (path: string, body?: object): Promise<string> =>
    (await ended(page, tenantId, (await start(page, tenantId, path, body)).id)).id;
  const first = async (path: string): Promise<string> => {
    const { items } = await ask<Listed>(page, 'GET', inTenant + path);
    if (items[0] === undefined) throw new Error(`${path} lists nothing.`);
    return items[0].id;
  };

  const change = await policyOfAnAdmin(app);
  await run('/directory/groups/sync');
  await run('/inventory/sync');
  await change();
  const runId = await run('/inventory/sync');
  await run('/drift/generate');
  const set = await ask<{ id: string }>(page, 'POST', `${inTenant}/backup-sets`, { name: 'Before the changes' });
  await run(`/backup-sets/${set.id}/policies`, { policyIds: [await first('/inventory/policies')] });
  const channel = await ask<{ id: string }>(page, 'POST', `${inTenant}/notification-channels`, {
    kind: 'webhook',
    name: 'Operations team',
    url: 'https://hooks.contoso.example/tenantatlas',
    outcomes: ['failed'],
  });
  return {
    tenantId,
    runId,
    policyId: await first('/inventory/policies?sort=changed'),
    syncRunId: await first('/inventory/sync-runs'),
    findingId: await first('/drift/findings'),
    backupSetId: set.id,
    groupId: await first('/directory/groups'),
    channelId: channel.id,
    search: {},
  };
}

const MADE = {
  '@odata.type': '#microsoft.graph.windows10CompliancePolicy',
  displayName: 'Windows: minimum requirements',
  passwordRequired: false,
};

/** Makes a policy in the first simulated tenant; what is answered changes it. */
async function policyOfAnAdmin({ controlUrl }: RunningApp): Promise<() => Promise<void>> {
  const of = async <T>(path: string, init: { method?: string; body?: object } = {}): Promise<T> => {
    const { method = 'GET', body } = init;
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(controlUrl + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}.`);
    return (await answer.json().catch(() => undefined)) as T;
  };
  const { items } = await of<Listed>('/tenants');
  const objects = `/tenants/${items[0]?.id}/objects`;
  const { id } = await of<{ id: string }>(objects, { method: 'POST', body: MADE });
  return () => of(`${objects}/${id}`, { method: 'PATCH', body: { passwordRequired: true } });
}
