import { demoTenants, inDemoPlaces } from '#libs/graph-simulator/src/demo/demo-tenants.js';
import { loadTenantFolders, type TenantFolders } from '#libs/graph-simulator/src/store/tenant-folder.js';

/**
 * What a start simulates: the demo tenants, with those of a data folder in their places. Whoever brings one folder still
 * has a second tenant, Fabrikam, to see that nothing crosses. Throws FolderUnreadable.
 * @param dataDir undefined or empty: the demo tenants alone
 */
export async function simulatedTenants(dataDir: string | undefined): Promise<TenantFolders> {
  if (!dataDir) return { tenants: demoTenants(), unreadable: [] };
  const { tenants, unreadable } = await loadTenantFolders(dataDir);
  return { tenants: inDemoPlaces(tenants), unreadable };
}
