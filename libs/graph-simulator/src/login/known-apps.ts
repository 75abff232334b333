import type { SeedApp } from '../store/seed-tenant.js';
import { isGuid } from '../store/stable-id.js';
import type { SimulatorStore } from '../store/simulator-store.js';
import type { TenantStore } from '../store/tenant-store.js';
import { entra, Refused } from './entra-errors.js';

const DOMAIN = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/i;
const ANY_TENANT = new Set(['common', 'organizations']);

/** Finds tenants and apps as the login addresses name them, and remembers admin consent. */
export class KnownApps {
  private readonly consented = new Set<string>();

  constructor(private readonly store: SimulatorStore) {}

  /** True for the segments that leave the tenant open. */
  isOpen(name: string): boolean {
    return ANY_TENANT.has(name.toLowerCase());
  }

  /** By id or by the domain of one of its users. Throws Refused. */
  tenant(name: string, where: 'discovery' | 'token'): TenantStore {
    const tenant = this.store.tenant(name) ?? this.store.tenants().find((each) => hasDomain(each, name));
    if (tenant !== undefined) return tenant;
    if (this.isOpen(name)) throw new Refused(entra.noTenant());
    throw new Refused(isGuid(name) || DOMAIN.test(name) ? entra.unknownTenant(name, where) : entra.badTenantName(name));
  }

  /** The tenants that a login address may mean. Throws Refused. */
  tenants(name: string): TenantStore[] {
    return this.isOpen(name) ? this.store.tenants() : [this.tenant(name, 'token')];
  }

  /** Throws Refused for an app that the tenant does not have, or that nobody has consented to yet. */
  app(tenant: TenantStore, clientId: string | null | undefined): SeedApp {
    const app = this.registered(tenant, clientId);
    if (app.consented === false && !this.consented.has(keyOf(tenant, app)))
      throw new Refused(entra.unknownApp(app.clientId, tenant.name));
    return app;
  }

  /** The app whether consented to or not. Throws Refused. */
  registered(tenant: TenantStore, clientId: string | null | undefined): SeedApp {
    if (clientId === null || clientId === undefined || clientId === '')
      throw new Refused(entra.missingParameter('client_id'));
    const app = tenant.apps.find((candidate) => candidate.clientId.toLowerCase() === clientId.toLowerCase());
    if (app === undefined) throw new Refused(entra.unknownApp(clientId, tenant.name));
    return app;
  }

  consent(tenant: TenantStore, app: SeedApp): void {
    this.consented.add(keyOf(tenant, app));
  }
}

function hasDomain({ users }: TenantStore, name: string): boolean {
  return users.some(({ userPrincipalName }) => userPrincipalName.toLowerCase().endsWith(`@${name.toLowerCase()}`));
}

function keyOf(tenant: TenantStore, app: SeedApp): string {
  return `${tenant.entraTenantId} ${app.clientId}`.toLowerCase();
}
