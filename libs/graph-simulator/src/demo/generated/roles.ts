import type { GraphBody } from '../../store/graph-body.js';
import type { GroupKind } from './groups.js';
import type { TenantDraft } from './tenant-draft.js';

/** Built-in roles and their ids, the same in every tenant (Microsoft Learn, "Role-based access control with Intune"). */
const BUILT_IN: readonly [id: string, name: string][] = [
  ['0bd113fe-6be5-400c-a28f-ae5553f9c0be', 'Policy and Profile manager'],
  ['c1d9fcbb-cba5-40b0-bf6b-527006585f4b', 'Application Manager'],
  ['9e0cc482-82df-4ab2-a24c-0c23a3f52e1e', 'Help Desk Operator'],
];
const SUBJECTS = [
  'ManagedApps',
  'ManagedDevices',
  'MobileApps',
  'DeviceConfigurations',
  'DeviceCompliancePolices',
  'Organization',
  'TermsAndConditions',
  'SecurityBaselines',
  'Reports',
  'EndpointProtection',
  'RemoteTasks',
  'EnrollmentProgramToken',
];
const VERBS = ['Read', 'Create', 'Update', 'Delete', 'Assign'];

/** Roles and who holds them where. */
export function addRoles(tenant: TenantDraft): void {
  const dice = tenant.dice('roles');
  for (const [id, name] of BUILT_IN) addRole(tenant, name, SUBJECTS.slice(0, 5), VERBS, () => id);
  for (let at = 0; at < tenant.counts.roles; at += 1) {
    const what = dice.pick(['Service desk', 'Site admin', 'App packager', 'Security reader', 'Apple admin', 'Auditor']);
    const name = `${what} ${dice.pick(tenant.company.sites)}`;
    addRole(tenant, name, dice.some(SUBJECTS, dice.int(2, 9)), VERBS.slice(0, dice.int(1, VERBS.length)));
  }
  addAssignments(tenant);
}

function addRole(
  tenant: TenantDraft,
  name: string,
  subjects: readonly string[],
  verbs: readonly string[],
  id?: () => string,
): void {
  const actions = subjects.flatMap((subject) => verbs.map((verb) => `Microsoft.Intune_${subject}_${verb}`));
  const permission = (): GraphBody => ({
    actions: [...actions],
    resourceActions: [{ allowedResourceActions: [...actions], notAllowedResourceActions: [] }],
  });
  const builtIn = id !== undefined;
  tenant.add({
    collection: 'roleDefinitions',
    name,
    values: {
      '@odata.type': '#microsoft.graph.deviceAndAppManagementRoleDefinition',
      isBuiltIn: builtIn,
      isBuiltInRoleDefinition: builtIn,
      permissions: [permission()],
      rolePermissions: [permission()],
    },
    ...(id !== undefined && { id }),
    dates: 'none',
    builtIn,
  });
}

/** The role and the scope tags are held by id: the simulator shows them where a caller expands them. */
function addAssignments(tenant: TenantDraft): void {
  const dice = tenant.dice('role assignments');
  const roles = tenant.idsOf('roleDefinitions');
  const tags = tenant.idsOf('roleScopeTags');
  tenant.repeat(tenant.counts.roleAssignments, () => {
    const groups = (kind: GroupKind, most: number) => [
      ...new Set(Array.from({ length: dice.int(1, most) }, () => tenant.assigner.group(kind))),
    ];
    const resourceScopes = dice.chance(0.2) ? [] : groups('windows', 3);
    return {
      collection: 'roleAssignments',
      name: `${dice.pick(tenant.company.sites)} - ${dice.pick(['first line', 'second line', 'night shift', 'projects'])}`,
      values: {
        members: groups('users', 2),
        scopeMembers: [...resourceScopes],
        resourceScopes,
        scopeType: resourceScopes.length === 0 ? 'allDevicesAndLicensedUsers' : 'resourceScope',
        roleDefinition: { id: dice.pick(roles) },
      },
      dates: 'none',
      tagField: 'none',
      children: { roleScopeTags: dice.some(tags, dice.int(1, 2)).map((id) => ({ id })) },
    };
  });
}
