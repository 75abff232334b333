import { queryOptions } from '@tanstack/react-query';
import { get, post } from './client';
import type { Page } from './page';

/** A note about one run of the signed-in person. */
export interface Note {
  id: string;
  tenantId: string;
  tenantName: string;
  runId: string;
  kind: 'queued' | 'terminal';
  outcome: string | null;
  title: string;
  body: string;
  createdAt: string;
  readAt: string | null;
}

/** `unread` counts all unread notes, whatever page this is. */
export interface NotePage extends Page<Note> {
  unread: number;
}

export const notesKey = ['notifications'];

const REFRESH_MS = 15_000;
const SHOWN = 20;

export const notesQuery = queryOptions({
  queryKey: [...notesKey, 'newest'],
  queryFn: ({ signal }) => get<NotePage>('/notifications', { limit: SHOWN }, signal),
  refetchInterval: REFRESH_MS,
});

export function readNote(id: string): Promise<void> {
  return post(`/notifications/${id}/read`);
}

export function readAllNotes(): Promise<void> {
  return post('/notifications/read-all');
}
