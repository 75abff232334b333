import { microsoftAccountsQuery, microsoftSignInQuery, sessionsQuery } from '../../api/account';
import { apiTokensQuery } from '../../api/api-tokens';
import { notePageQuery } from '../../api/notifications';
import { picked } from '../../search-params';
import { read, type InTenant, type Read, type Search } from './read';

export const profileReads = (): Read[] => [
  read(sessionsQuery),
  read(microsoftAccountsQuery),
  read(microsoftSignInQuery),
];

export const apiTokensSearch = picked('cursor');

export const apiTokensReads = (_page: InTenant, search: Search): Read[] => [
  read(apiTokensQuery(apiTokensSearch(search).cursor)),
];

export const notificationsSearch = picked('show', 'cursor');

export function notificationsReads(_page: InTenant, search: Search): Read[] {
  const { show, cursor } = notificationsSearch(search);
  return [read(notePageQuery(show === 'unread', cursor))];
}
