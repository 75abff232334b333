import type { PolicyType } from '../catalogue/policy-type.js';

/** Something that is read, and what it needs. */
export interface PermissionNeed {
  /** Any of these application permissions is enough; the first is the least. */
  anyOf: readonly string[];
  /** With the version; read once to see whether it is allowed. */
  path: string;
  query?: Readonly<Record<string, string>>;
  /** Without this licence the tenant has nothing there. */
  licence?: string;
}

/** Assignments name groups; without their names nothing can be mapped. */
const GROUPS: PermissionNeed = {
  anyOf: ['GroupMember.Read.All', 'Group.Read.All', 'Directory.Read.All'],
  path: '/v1.0/groups',
  query: { $top: '1' },
};

/** One need for each set of permissions that reading these types asks for; of collections with the same set, the first. */
export function permissionNeeds(types: readonly PolicyType[]): PermissionNeed[] {
  const needs = new Map<string, PermissionNeed>();
  for (const { collection } of types) {
    const { path, shape, licence, permissions } = collection;
    const key = permissions.read.join(' ');
    if (needs.has(key) || permissions.read.length === 0) continue;
    needs.set(key, {
      anyOf: permissions.read,
      path,
      ...(shape === 'list' ? { query: { $top: '1' } } : {}),
      ...(licence === undefined ? {} : { licence }),
    });
  }
  return [...needs.values(), GROUPS];
}

/** The fewest of the least permissions that meet all of the needs, by name. */
export function leastPermissions(needs: readonly PermissionNeed[]): string[] {
  const chosen = new Set<string>();
  // What only one permission meets comes first: it often meets the others, too.
  for (const { anyOf } of [...needs].sort((a, b) => a.anyOf.length - b.anyOf.length)) {
    if (!anyOf.some((permission) => chosen.has(permission))) chosen.add(anyOf[0] ?? '');
  }
  return [...chosen].sort();
}

/** The least permissions for those needs that `granted` does not meet; who may write may read. */
export function missingPermissions(needs: readonly PermissionNeed[], granted: readonly string[]): string[] {
  const has = new Set(granted);
  const allows = (permission: string): boolean =>
    has.has(permission) || has.has(permission.replace('.Read.', '.ReadWrite.'));
  return leastPermissions(needs.filter(({ anyOf }) => !anyOf.some(allows)));
}
