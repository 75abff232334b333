import { notesQuery } from '../../api/notifications';
import { activeRunsQuery } from '../../api/operations';
import { entraQuery, meQuery } from '../../api/session';
import { read, type InTenant, type Read } from './read';

// What the pages outside of a tenant, and the frame of those inside, begin with.

export const homeReads = (): Read[] => [read(meQuery)];

export const signInReads = (): Read[] => [read(entraQuery)];

export const tenantReads = ({ tenantId }: InTenant): Read[] => [read(meQuery), read(activeRunsQuery(tenantId))];

/** What the frame shows later, with no place kept for it that could grow. */
export const lateTenantReads = (): Read[] => [read(notesQuery)];
