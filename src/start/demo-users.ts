import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { ROLES, type Role } from '#libs/access-model/src/permissions.js';
import type { DemoMember, DemoTenant } from './demo-messages.js';
import { readKept, writeKept } from './kept-file.js';
import type { SimulatedTenant } from './simulator-messages.js';

/** A demo user as `demo-users.json` keeps it. */
export interface DemoUser {
  email: string;
  password: string;
  tenantId: string;
  role: Role;
}

/** The tenants of a start without a simulator: they have users but no connection to Microsoft Graph. */
const UNCONNECTED: Omit<DemoTenant, 'members'>[] = [
  { name: 'Contoso', entraTenantId: '0c0ffee0-0000-4000-8000-000000000001' },
  { name: 'Fabrikam', entraTenantId: '0c0ffee0-0000-4000-8000-000000000002' },
];

/** Who signs in to the first tenant and to the second one, whatever they are called. */
const PLACES: readonly { domain: string; roles: readonly Role[] }[] = [
  { domain: 'contoso.example', roles: [...ROLES].reverse() },
  { domain: 'fabrikam.example', roles: ['Owner'] },
];

/**
 * The two demo tenants with their users: four at Contoso, one for each role, and an owner at Fabrikam. Passwords are
 * `fixedPassword`, else those of an earlier start of this data directory, else random.
 */
export async function planDemoTenants(
  dataDir: string,
  simulated: readonly SimulatedTenant[] | undefined,
  fixedPassword: string | undefined,
): Promise<DemoTenant[]> {
  const kept = new Map((await keptUsers(dataDir)).map(({ email, password }) => [email, password]));
  const member = (tenantName: string, domain: string, role: Role): DemoMember => {
    const email = `${role.toLowerCase()}@${domain}`;
    const password = fixedPassword ?? kept.get(email) ?? randomBytes(12).toString('base64url');
    return { email, name: `${role} of ${tenantName}`, password, role };
  };
  const tenants: Omit<DemoTenant, 'members'>[] =
    simulated?.map(({ name, entraTenantId, ...graph }) => ({ name, entraTenantId, graph })) ?? UNCONNECTED;
  return PLACES.flatMap(({ domain, roles }, index) => {
    const tenant = tenants[index];
    return tenant === undefined ? [] : [{ ...tenant, members: roles.map((role) => member(tenant.name, domain, role)) }];
  });
}

/** Writes who may sign in to `demo-users.json`, for the owner's eyes, and answers it. */
export async function keepDemoUsers(
  dataDir: string,
  tenants: readonly DemoTenant[],
  tenantIds: readonly string[],
): Promise<DemoUser[]> {
  const users = tenants.flatMap(({ members }, index) =>
    members.map(({ email, password, role }) => ({ email, password, tenantId: tenantIds[index] ?? '', role })),
  );
  await writeKept(fileOf(dataDir), users);
  return users;
}

async function keptUsers(dataDir: string): Promise<DemoUser[]> {
  return (await readKept(fileOf(dataDir), (value): value is DemoUser[] => Array.isArray(value))) ?? [];
}

function fileOf(dataDir: string): string {
  return path.join(dataDir, 'demo-users.json');
}
