import { queryOptions } from '@tanstack/react-query';
import type { Role } from '#libs/access-model/src/permissions.js';
import { get, post } from './client';

export interface User {
  id: string;
  name: string;
  email: string;
}

export interface Membership {
  tenantId: string;
  tenantName: string;
  role: Role;
}

export interface Me {
  user: User;
  memberships: Membership[];
}

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => get<Me>('/me', {}, signal),
  staleTime: 60_000,
});

export function signIn(email: string, password: string): Promise<{ user: User }> {
  return post('/auth/login', { email, password });
}

export function signOut(): Promise<void> {
  return post('/auth/logout');
}
