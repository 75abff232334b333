import { createContext, useContext } from 'react';
import { may, rolesWith, type Permission } from '#libs/access-model/src/permissions.js';
import type { Membership, User } from '../api/session';

export interface TenantAccess extends Membership {
  user: User;
}

export const TenantContext = createContext<TenantAccess | null>(null);

/** The tenant of the URL and the signed-in person's role in it; only below the tenant layout. */
export function useTenant(): TenantAccess {
  const access = useContext(TenantContext);
  if (access === null) throw new Error('useTenant is used outside a tenant page.');
  return access;
}

/** Why this person may not use what needs `permission`, in words; null when they may. */
export function denialOf(access: TenantAccess, permission: Permission): string | null {
  if (may(access.role, permission)) return null;
  const roles = rolesWith(permission);
  const named = roles.length > 1 ? `${roles.slice(0, -1).join(', ')} or ${roles.at(-1)}` : roles.join('');
  return `Your role in ${access.tenantName} is ${access.role}. This needs ${named}.`;
}
