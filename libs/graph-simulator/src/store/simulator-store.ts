import type { SeedTenant } from './seed-tenant.js';
import { TenantStore } from './tenant-store.js';

/** Every simulated tenant, found by its directory id without regard to case. */
export class SimulatorStore {
  private readonly byId: Map<string, TenantStore>;

  constructor(seeds: readonly SeedTenant[], now: () => number) {
    this.byId = new Map(seeds.map((seed) => [seed.entraTenantId.toLowerCase(), new TenantStore(seed, now)]));
  }

  tenants(): TenantStore[] {
    return [...this.byId.values()];
  }

  tenant(id: string): TenantStore | undefined {
    return this.byId.get(id.toLowerCase());
  }
}
