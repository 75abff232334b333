import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { isNativeError } from 'node:util/types';
import {
  FolderUnreadable,
  readExportFolder,
  readObject,
  reasonOf,
  TENANT_FILE,
  type UnreadableFile,
} from './export-folder.js';
import { bodiesOf, textOf, type GraphBody } from './graph-body.js';
import { ALL_PERMISSIONS, type SeedApp, type SeedGroup, type SeedTenant, type SeedUser } from './seed-tenant.js';
import { isGuid, stableGuid } from './stable-id.js';

export interface TenantFolders {
  /** In folder-name order. */
  tenants: SeedTenant[];
  /** `file` is relative to the folder that was asked for. */
  unreadable: UnreadableFile[];
}

/**
 * The tenants of a data folder: one per folder in it, named by tenant id. A folder whose name is no GUID gets a GUID made
 * of its name. A missing or unreadable tenant.json gets one generated app that may read everything; its id and secret
 * come from the tenant id and are the same in every run. Throws FolderUnreadable when the folder itself cannot be read.
 */
export async function loadTenantFolders(dir: string): Promise<TenantFolders> {
  const folders = await listFolders(dir);
  const result: TenantFolders = { tenants: [], unreadable: [] };
  for (const folder of folders) {
    const { tenant, unreadable } = await loadTenant(path.join(dir, folder), folder);
    result.tenants.push(tenant);
    result.unreadable.push(...unreadable.map((entry) => ({ ...entry, file: `${folder}/${entry.file}` })));
  }
  return result;
}

async function listFolders(dir: string): Promise<string[]> {
  try {
    const entries = await readdir(dir, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map((entry) => entry.name)
      .sort((a, b) => (a < b ? -1 : 1));
  } catch (error) {
    throw new FolderUnreadable(`The folder ${dir} cannot be read: ${reasonOf(error)}.`);
  }
}

async function loadTenant(dir: string, folder: string): Promise<{ tenant: SeedTenant; unreadable: UnreadableFile[] }> {
  const exported = await readExportFolder(dir);
  const unreadable = [...exported.unreadable];
  let described: GraphBody = {};
  try {
    described = await readObject(path.join(dir, TENANT_FILE));
  } catch (error) {
    if (!isMissing(error)) unreadable.push({ file: TENANT_FILE, reason: reasonOf(error) });
  }
  const id = textOf(described, 'id') ?? folder;
  const entraTenantId = isGuid(id) ? id : stableGuid(`tenant ${id}`);
  const apps = bodiesOf(described, 'apps').flatMap(asApp);
  const tenant: SeedTenant = {
    entraTenantId,
    name: textOf(described, 'name') ?? folder,
    apps: apps.length > 0 ? apps : [generatedApp(entraTenantId)],
    users: bodiesOf(described, 'users').flatMap(asUser),
    groups: uniqueGroups([...bodiesOf(described, 'groups').flatMap(asGroup), ...exported.groups]),
    objects: exported.objects,
  };
  return { tenant, unreadable };
}

function asApp(body: GraphBody): SeedApp[] {
  const clientId = textOf(body, 'clientId');
  const clientSecret = textOf(body, 'clientSecret');
  if (clientId === undefined || clientSecret === undefined) return [];
  const secretExpiresAt = textOf(body, 'secretExpiresAt');
  const lists = {
    certificates: textsOf(body, 'certificates'),
    redirectUris: textsOf(body, 'redirectUris'),
    delegatedPermissions: textsOf(body, 'delegatedPermissions'),
  };
  return [
    {
      clientId,
      clientSecret,
      permissions: textsOf(body, 'permissions') ?? [...ALL_PERMISSIONS],
      ...lists,
      ...(secretExpiresAt === undefined ? {} : { secretExpiresAt }),
      ...(typeof body.consented === 'boolean' ? { consented: body.consented } : {}),
    },
  ];
}

/** The property as a list of texts; undefined when it is no list. */
function textsOf(body: GraphBody, key: string): string[] | undefined {
  const value = body[key];
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : undefined;
}

function asUser(body: GraphBody): SeedUser[] {
  const userPrincipalName = textOf(body, 'userPrincipalName');
  if (userPrincipalName === undefined) return [];
  const id = textOf(body, 'id') ?? stableGuid(`user ${userPrincipalName}`);
  const displayName = textOf(body, 'displayName') ?? userPrincipalName;
  // Further properties are the user's in Graph as they stand.
  return [{ ...body, id, userPrincipalName, displayName }];
}

function asGroup(body: GraphBody): SeedGroup[] {
  const displayName = textOf(body, 'displayName');
  if (displayName === undefined) return [];
  return [{ ...body, displayName, id: textOf(body, 'id') ?? stableGuid(`group ${displayName}`) }];
}

function uniqueGroups(groups: SeedGroup[]): SeedGroup[] {
  return [...new Map(groups.map((group) => [group.id.toLowerCase(), group])).values()];
}

function generatedApp(entraTenantId: string): SeedApp {
  const clientSecret = createHash('sha256')
    .update(`simulated secret ${entraTenantId}`)
    .digest('base64url')
    .slice(0, 40);
  return { clientId: stableGuid(`app ${entraTenantId}`), clientSecret, permissions: [...ALL_PERMISSIONS] };
}

function isMissing(error: unknown): boolean {
  return isNativeError(error) && 'code' in error && error.code === 'ENOENT';
}
