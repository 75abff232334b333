import { useQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import {
  IconActivity,
  IconCalendarTime,
  IconHistory,
  IconKey,
  IconSend,
  IconUsers,
  IconArchive,
  IconArrowsDiff,
  IconLayoutDashboard,
  IconListDetails,
  IconPlugConnected,
  IconUsersGroup,
  type TablerIcon,
} from '@tabler/icons-react';
import { Fragment } from 'react';
import { may, type Permission, type Role } from '#libs/access-model/src/permissions.js';
import { useTenant } from '../access/tenant-context';
import { ACTIVE_MOST, activeRunsQuery } from '../api/operations';
import { AppLink } from '../ui/app-link';
import { countOf } from '../ui/format';

/** A page that the navigation and the command palette lead to. */
export interface NavigationEntry {
  label: string;
  /** Below the tenant. */
  path: string;
  /** Addresses below this one belong to the entry; the path itself when left out. */
  section?: string;
  Icon: TablerIcon;
  /** Who lacks it is not shown the entry. */
  permission?: Permission;
  /** Other words that people look for it by, in the command palette. */
  words?: string;
  /** Shows how many operations are active. */
  countsActive?: true;
}

export interface NavigationGroup {
  label: string | null;
  entries: readonly NavigationEntry[];
}

/** In the order of the work: look, compare, keep; then what goes on, then how it is set up. */
export const NAVIGATION: readonly NavigationGroup[] = [
  {
    label: null,
    entries: [
      { label: 'Overview', path: '', Icon: IconLayoutDashboard, words: 'home health first steps' },
      {
        label: 'Inventory',
        path: '/inventory/policies',
        section: '/inventory',
        Icon: IconListDetails,
        words: 'policies configuration settings sync',
      },
      {
        label: 'Drift',
        path: '/drift/findings',
        section: '/drift',
        Icon: IconArrowsDiff,
        words: 'findings changes compare',
      },
      { label: 'Backup sets', path: '/backup-sets', Icon: IconArchive, words: 'snapshot keep' },
      {
        label: 'Directory',
        path: '/directory/groups',
        section: '/directory',
        Icon: IconUsersGroup,
        words: 'groups entra',
      },
    ],
  },
  {
    label: 'Monitoring',
    entries: [
      {
        label: 'Operations',
        path: '/operations',
        Icon: IconActivity,
        words: 'runs history jobs monitoring',
        countsActive: true,
      },
      {
        label: 'Audit',
        path: '/audit',
        Icon: IconHistory,
        permission: 'audit:read',
        words: 'trail log who did what',
      },
    ],
  },
  {
    label: 'Settings',
    entries: [
      {
        label: 'Members and roles',
        path: '/settings/members',
        Icon: IconUsers,
        words: 'people users invite owner manager operator readonly access',
      },
      {
        label: 'Graph connection',
        path: '/settings/graph-connection',
        Icon: IconPlugConnected,
        words: 'credential secret certificate permissions test',
      },
      {
        label: 'Schedules',
        path: '/settings/schedules',
        Icon: IconCalendarTime,
        words: 'cron nightly daily weekly hourly automatic',
      },
      {
        label: 'Notification channels',
        path: '/settings/channels',
        Icon: IconSend,
        permission: 'channels:write',
        words: 'webhook email mail alerts deliveries',
      },
      {
        label: 'API tokens',
        path: '/account/api-tokens',
        Icon: IconKey,
        words: 'automation script bearer secret',
      },
    ],
  },
];

/** The groups with what this role may open; empty ones are left out. */
export function navigationFor(role: Role): NavigationGroup[] {
  return NAVIGATION.map((group) => ({
    ...group,
    entries: group.entries.filter(({ permission }) => permission === undefined || may(role, permission)),
  })).filter(({ entries }) => entries.length > 0);
}

export function Navigation({ onNavigate }: { onNavigate: () => void }) {
  const { tenantId, role } = useTenant();
  const base = `/t/${tenantId}`;
  const at = useLocation({ select: (location) => location.pathname.slice(base.length) });
  const active = useQuery(activeRunsQuery(tenantId)).data?.items.length ?? 0;
  return navigationFor(role).map(({ label: group, entries }) => (
    <Fragment key={group}>
      {group !== null && <p className="nav-group">{group}</p>}
      {entries.map(({ label, path, section = path, Icon, countsActive }) => {
        const isHere = at === section || (section !== '' && at.startsWith(`${section}/`));
        return (
          <AppLink
            key={path}
            href={base + path}
            className="nav-link"
            aria-current={isHere ? 'page' : undefined}
            onClick={onNavigate}
          >
            <Icon size={18} stroke={1.6} aria-hidden />
            {label}
            {countsActive === true && active > 0 && (
              <span
                className="nav-count"
                aria-label={`${active === ACTIVE_MOST ? 'At least ' : ''}${countOf(active, 'active operation')}`}
              >
                {active === ACTIVE_MOST ? `${active}+` : active}
              </span>
            )}
          </AppLink>
        );
      })}
    </Fragment>
  ));
}
