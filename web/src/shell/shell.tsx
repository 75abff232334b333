import { AppShell, Burger, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTenant } from '../access/tenant-context';
import type { Membership } from '../api/session';
import { AppLink } from '../ui/app-link';
import { ColorSchemeToggle } from './color-scheme-toggle';
import { Navigation } from './navigation';
import { NotificationBell } from './notification-bell';
import { TenantSwitcher } from './tenant-switcher';
import { UserMenu } from './user-menu';

export function Shell({ memberships, children }: { memberships: readonly Membership[]; children: ReactNode }) {
  const { tenantId } = useTenant();
  const [opened, navigation] = useDisclosure(false);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding={{ base: 'sm', sm: 'lg' }}
    >
      <a href="#main" className="skip-link">
        Skip to content
      </a>
      <AppShell.Header>
        <Group h="100%" px={{ base: 'xs', sm: 'md' }} gap="xs" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap" miw={0}>
            <Burger
              opened={opened}
              onClick={navigation.toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={opened ? 'Close navigation' : 'Open navigation'}
            />
            <AppLink href={`/t/${tenantId}`} className="brand" aria-label="TenantAtlas">
              <img src="/icon.svg" alt="" width={28} height={28} />
              <Text fw={650} visibleFrom="sm" className="brand-name">
                TenantAtlas
              </Text>
            </AppLink>
            <TenantSwitcher memberships={memberships} />
          </Group>
          <Group gap={4} wrap="nowrap">
            <NotificationBell />
            <ColorSchemeToggle />
            <UserMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" aria-label="Main">
        <Navigation onNavigate={navigation.close} />
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1}>
        <div className="page">{children}</div>
      </AppShell.Main>
    </AppShell>
  );
}
