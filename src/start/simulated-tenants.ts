import { demoTenants, inDemoPlaces } from '#libs/graph-simulator/src/demo/demo-tenants.js';
import { generatedTenant } from '#libs/graph-simulator/src/demo/generated/generated-tenants.js';
import { TENANT_SIZES } from '#libs/graph-simulator/src/demo/generated/tenant-sizes.js';
import { loadTenantFolders, type TenantFolders } from '#libs/graph-simulator/src/store/tenant-folder.js';

/** What to simulate in the demo tenants' places; empty or undefined: nothing else. */
export interface SimulatedInstead {
  /** A folder with one folder per tenant. */
  dataDir?: string | undefined;
  /** The size of a generated tenant. */
  demo?: string | undefined;
}

/**
 * What a start simulates: the demo tenants, with those of a data folder, or a generated one, in their places. Whoever
 * brings one tenant still has a second, Fabrikam, to see that nothing crosses. Throws FolderUnreadable.
 */
export async function simulatedTenants({ dataDir, demo }: SimulatedInstead): Promise<TenantFolders> {
  const size = TENANT_SIZES.find((known) => known === demo);
  if (size) return { tenants: inDemoPlaces([generatedTenant(size)]), unreadable: [] };
  if (!dataDir) return { tenants: demoTenants(), unreadable: [] };
  const { tenants, unreadable } = await loadTenantFolders(dataDir);
  return { tenants: inDemoPlaces(tenants), unreadable };
}
