import { queryOptions } from '@tanstack/react-query';
import { get, post, remove } from './client';
import { PAGE_SIZE, type Page } from './page';
import type { Schema } from './schemas';

export type ApiToken = Schema<'ApiTokenAnswer'>;

export const apiTokensKey = ['api-tokens'];

export function apiTokensQuery(cursor: string | undefined) {
  return queryOptions({
    queryKey: [...apiTokensKey, cursor],
    queryFn: ({ signal }) => get<Page<ApiToken>>('/me/api-tokens', { cursor, limit: PAGE_SIZE }, signal),
  });
}

/** @param expiresAt ISO 8601; undefined for a token that never expires */
export function createApiToken(name: string, expiresAt: string | undefined): Promise<Schema<'CreatedApiToken'>> {
  return post('/me/api-tokens', { name, expiresAt });
}

export function revokeApiToken(id: string): Promise<void> {
  return remove(`/me/api-tokens/${id}`);
}
