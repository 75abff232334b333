import { queryOptions } from '@tanstack/react-query';
import { get, patch, post, remove } from './client';
import type { Schema } from './schemas';

export type Session = Schema<'SessionDto'>;
export type MicrosoftAccount = Schema<'EntraAccountDto'>;
export type MicrosoftSignIn = Schema<'EntraStateDto'>;

export const accountKey = ['account'];

export const sessionsQuery = queryOptions({
  queryKey: [...accountKey, 'sessions'],
  queryFn: ({ signal }) => get<Schema<'SessionListDto'>>('/me/sessions', {}, signal),
});

export const microsoftAccountsQuery = queryOptions({
  queryKey: [...accountKey, 'microsoft'],
  queryFn: ({ signal }) => get<Schema<'EntraAccountListDto'>>('/auth/entra/accounts', {}, signal),
});

/** Whether this installation lets people sign in with Microsoft accounts. */
export const microsoftSignInQuery = queryOptions({
  queryKey: [...accountKey, 'microsoft-sign-in'],
  queryFn: ({ signal }) => get<MicrosoftSignIn>('/auth/entra', {}, signal),
  staleTime: Infinity,
});

export function rename(name: string): Promise<void> {
  return patch('/me', { name });
}

export function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  return post('/me/password', { currentPassword, newPassword });
}

export function endSession(id: string): Promise<void> {
  return remove(`/me/sessions/${id}`);
}

export function endOtherSessions(): Promise<void> {
  return remove('/me/sessions');
}

/** Answers where the browser has to go. */
export function linkMicrosoft(returnTo: string): Promise<Schema<'EntraLinkDto'>> {
  return post('/auth/entra/link', { returnTo });
}

export function unlinkMicrosoft({ directory, objectId }: MicrosoftAccount): Promise<void> {
  return remove(`/auth/entra/accounts/${directory}/${objectId}`);
}
