import { queryOptions } from '@tanstack/react-query';
import { isLive } from '../live/live-state';
import { get, post } from './client';
import { PAGE_SIZE } from './page';
import type { Schema } from './schemas';

/** A note about one run of the signed-in person. */
export type Note = Schema<'NotificationDto'>;

/** `unread` counts all unread notes, whatever page this is. */
export type NotePage = Schema<'NotificationPageDto'>;

export const notesKey = ['notifications'];

const REFRESH_MS = 15_000;
/** Notes of this tenant are told of live; those of other tenants are asked for. */
const LIVE_REFRESH_MS = 60_000;
const SHOWN = 20;

export const notesQuery = queryOptions({
  queryKey: [...notesKey, 'newest'],
  queryFn: ({ signal }) => get<NotePage>('/notifications', { limit: SHOWN }, signal),
  refetchInterval: () => (isLive() ? LIVE_REFRESH_MS : REFRESH_MS),
});

/** A page of all notes, or of the unread ones. */
export function notePageQuery(unreadOnly: boolean, cursor: string | undefined) {
  return queryOptions({
    queryKey: [...notesKey, 'page', unreadOnly, cursor],
    queryFn: ({ signal }) =>
      get<NotePage>('/notifications', { unread: unreadOnly ? 'true' : undefined, cursor, limit: PAGE_SIZE }, signal),
    placeholderData: (before) => before,
  });
}

export function readNote(id: string): Promise<void> {
  return post(`/notifications/${id}/read`);
}

export function readAllNotes(): Promise<void> {
  return post('/notifications/read-all');
}
