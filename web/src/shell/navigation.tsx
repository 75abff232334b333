import { NavLink, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import {
  IconActivity,
  IconArchive,
  IconArrowsDiff,
  IconListDetails,
  IconPlugConnected,
  IconUsersGroup,
} from '@tabler/icons-react';
import { useTenant } from '../access/tenant-context';
import { activeRunsQuery } from '../api/operations';
import { AppLink } from '../ui/app-link';
import { countOf } from '../ui/format';

const ENTRIES = [
  { label: 'Inventory', path: '/inventory/policies', section: '/inventory', Icon: IconListDetails },
  { label: 'Drift', path: '/drift/findings', section: '/drift', Icon: IconArrowsDiff },
  { label: 'Backup sets', path: '/backup-sets', section: '/backup-sets', Icon: IconArchive },
  { label: 'Directory', path: '/directory/groups', section: '/directory', Icon: IconUsersGroup },
];

export function Navigation({ onNavigate }: { onNavigate: () => void }) {
  const { tenantId } = useTenant();
  const base = `/t/${tenantId}`;
  const at = useLocation({ select: (location) => location.pathname.slice(base.length) });
  const active = useQuery(activeRunsQuery(tenantId)).data?.items.length ?? 0;
  const isAt = (section: string): boolean => at === section || at.startsWith(`${section}/`);
  return (
    <>
      {ENTRIES.map(({ label, path, section, Icon }) => (
        <NavLink
          key={path}
          component={AppLink}
          href={base + path}
          label={label}
          leftSection={<Icon size={18} stroke={1.6} aria-hidden />}
          active={isAt(section)}
          aria-current={isAt(section) ? 'page' : undefined}
          onClick={onNavigate}
          className="nav-link"
        />
      ))}
      <Text size="xs" fw={600} c="dimmed" mt="md" mb={4} px="sm">
        Monitoring
      </Text>
      <NavLink
        component={AppLink}
        href={`${base}/operations`}
        label="Operations"
        leftSection={<IconActivity size={18} stroke={1.6} aria-hidden />}
        rightSection={
          active > 0 && (
            <span className="nav-count" aria-label={countOf(active, 'active operation')}>
              {active}
            </span>
          )
        }
        active={isAt('/operations')}
        aria-current={isAt('/operations') ? 'page' : undefined}
        onClick={onNavigate}
        className="nav-link"
      />
      <Text size="xs" fw={600} c="dimmed" mt="md" mb={4} px="sm">
        Settings
      </Text>
      <NavLink
        component={AppLink}
        href={`${base}/settings/graph-connection`}
        label="Graph connection"
        leftSection={<IconPlugConnected size={18} stroke={1.6} aria-hidden />}
        active={isAt('/settings/graph-connection')}
        aria-current={isAt('/settings/graph-connection') ? 'page' : undefined}
        onClick={onNavigate}
        className="nav-link"
      />
    </>
  );
}
