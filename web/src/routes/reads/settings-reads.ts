import { membersQuery } from '../../api/members';
import { scheduleKindsQuery, schedulesQuery } from '../../api/schedules';
import { picked } from '../../search-params';
import { read, type InTenant, type Read, type Search } from './read';

// What not every role may read is asked for by the page, which knows the role.

export const membersSearch = picked('q', 'role', 'cursor');

export const membersReads = ({ tenantId }: InTenant, search: Search): Read[] => [
  read(membersQuery(tenantId, membersSearch(search))),
];

export const schedulesReads = ({ tenantId }: InTenant): Read[] => [
  read(schedulesQuery(tenantId)),
  read(scheduleKindsQuery(tenantId)),
];
