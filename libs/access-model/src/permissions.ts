/** The four roles of a tenant's member, weakest first (`docs` and the web UI show them by these words). */
export const ROLES = ['Readonly', 'Operator', 'Manager', 'Owner'] as const;
export type Role = (typeof ROLES)[number];

/**
 * What a member may do, `resource:verb`. A permission ending in `:read` starts and changes nothing.
 * Shared with the web UI, so that what a role may not do is not offered there.
 */
export const PERMISSIONS = [
  'tenant:read',
  'inventory:read',
  'inventory:sync',
  'inventory:export',
  'inventory:import',
  'drift:read',
  'drift:generate',
  'drift:decide',
  'backup-sets:read',
  'backup-sets:write',
  'operations:read',
  'operations:cancel',
  'directory:read',
  'directory:sync',
  'schedules:read',
  'schedules:write',
  'audit:read',
  'members:read',
  'members:write',
  'connection:write',
  'channels:write',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const READ: readonly Permission[] = [
  'tenant:read',
  'inventory:read',
  'drift:read',
  'backup-sets:read',
  'operations:read',
  'directory:read',
  'schedules:read',
  'members:read',
];
const OPERATE: readonly Permission[] = [
  ...READ,
  'inventory:sync',
  'inventory:export',
  'inventory:import',
  'drift:generate',
  'backup-sets:write',
  'operations:cancel',
  'directory:sync',
];
const MANAGE: readonly Permission[] = [...OPERATE, 'drift:decide', 'schedules:write', 'audit:read'];
const OWN: readonly Permission[] = [...MANAGE, 'members:write', 'connection:write', 'channels:write'];

const GRANTED: Record<Role, ReadonlySet<Permission>> = {
  Readonly: new Set(READ),
  Operator: new Set(OPERATE),
  Manager: new Set(MANAGE),
  Owner: new Set(OWN),
};

/** Whether `role` holds `permission`; what is not granted is denied. */
export function may(role: Role, permission: Permission): boolean {
  return GRANTED[role].has(permission);
}

/** The roles that hold `permission`, weakest first. */
export function rolesWith(permission: Permission): Role[] {
  return ROLES.filter((role) => may(role, permission));
}
