import { queryOptions } from '@tanstack/react-query';
import { get, patch, post, remove } from './client';
import { tenantKey } from './keys';
import type { Page } from './page';
import type { Schema } from './schemas';

export type Schedule = Schema<'ScheduleDto'>;
export type ScheduleKind = Schema<'ScheduleKindDto'>;
export type Firing = Schema<'FiringDto'>;

export interface Timing {
  cron: string;
  timeZone: string;
}

export interface ScheduleChange extends Partial<Timing> {
  name?: string;
  enabled?: boolean;
}

/** More than a tenant may keep. */
const ALL = 100;

export const schedulesKey = (tenantId: string): unknown[] => [...tenantKey(tenantId), 'schedules'];
const pathOf = (tenantId: string): string => `/tenants/${tenantId}/schedules`;

export function schedulesQuery(tenantId: string) {
  return queryOptions({
    queryKey: [...schedulesKey(tenantId), 'all'],
    queryFn: ({ signal }) => get<Page<Schedule>>(pathOf(tenantId), { limit: ALL }, signal),
  });
}

/** What the signed-in person could put on a schedule. */
export function scheduleKindsQuery(tenantId: string) {
  return queryOptions({
    queryKey: [...schedulesKey(tenantId), 'kinds'],
    queryFn: ({ signal }) => get<Schema<'ScheduleKindsDto'>>(`${pathOf(tenantId)}/kinds`, {}, signal),
    staleTime: Infinity,
  });
}

/** The next runs of a timing that nothing keeps yet. */
export function timingPreviewQuery(tenantId: string, { cron, timeZone }: Timing) {
  return queryOptions({
    queryKey: [...schedulesKey(tenantId), 'preview', cron, timeZone],
    queryFn: ({ signal }) => get<Schema<'TimingPreviewDto'>>(`${pathOf(tenantId)}/preview`, { cron, timeZone }, signal),
    enabled: cron !== '',
    retry: false,
    placeholderData: (before) => before,
  });
}

export function createSchedule(
  tenantId: string,
  given: Timing & { name: string; kind: string; enabled: boolean },
): Promise<Schedule> {
  return post(pathOf(tenantId), given);
}

export function changeSchedule(tenantId: string, id: string, change: ScheduleChange): Promise<Schedule> {
  return patch(`${pathOf(tenantId)}/${id}`, change);
}

export function deleteSchedule(tenantId: string, id: string): Promise<void> {
  return remove(`${pathOf(tenantId)}/${id}`);
}
