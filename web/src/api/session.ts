import { queryOptions } from '@tanstack/react-query';
import { get, post } from './client';
import type { Schema } from './schemas';

export type User = Schema<'UserAnswer'>;

export type Membership = Schema<'MembershipAnswer'>;

export type Me = Schema<'MeAnswer'>;

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => get<Me>('/me', {}, signal),
  staleTime: 60_000,
});

/** Whether people sign in with Microsoft here, and the words for each way that it fails. */
export const entraQuery = queryOptions({
  queryKey: ['entra'],
  queryFn: ({ signal }) => get<Schema<'EntraStateDto'>>('/auth/entra', {}, signal),
  staleTime: Infinity,
  refetchInterval: false,
});

/** The address that sends the browser to Microsoft and from there to `returnTo`, a path of this application. */
export function entraStart(returnTo: string): string {
  return `/api/v1/auth/entra/start?returnTo=${encodeURIComponent(returnTo)}`;
}

export function signIn(email: string, password: string): Promise<Schema<'SignInAnswer'>> {
  return post('/auth/login', { email, password });
}

export function signOut(): Promise<void> {
  return post('/auth/logout');
}
