import { AppShell, Burger, Group, Text } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import type { MouseEvent, ReactNode } from 'react';
import { useTenant } from '../access/tenant-context';
import type { Membership } from '../api/session';
import { ConnectionBar } from '../live/connection-bar';
import { ProgressWidget } from '../runs/widget/progress-widget';
import { AppLink } from '../ui/app-link';
import { Logo } from '../ui/logo';
import { Navigation } from './navigation';
import { NotificationBell } from './notification-bell';
import { PaletteButton } from './palette/palette-button';
import { RouteFocus } from './route-focus';
import { TenantSwitcher } from './tenant-switcher';
import { UserMenu } from './user-menu';

/** The frame of every page of a tenant. */
export function Shell({ memberships, children }: { memberships: readonly Membership[]; children: ReactNode }) {
  const { tenantId } = useTenant();
  const [opened, navigation] = useDisclosure(false);
  useHotkeys([['Escape', navigation.close]]);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 248, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding={{ base: 'sm', sm: 'lg' }}
    >
      <a href="#main" className="skip-link" onClick={skipToMain}>
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
              aria-expanded={opened}
            />
            <AppLink href={`/t/${tenantId}`} className="brand" aria-label="TenantAtlas">
              <Logo size={28} />
              <Text fw={650} visibleFrom="sm" className="brand-name">
                TenantAtlas
              </Text>
            </AppLink>
            <TenantSwitcher memberships={memberships} />
          </Group>
          <Group gap={4} wrap="nowrap">
            <PaletteButton />
            <NotificationBell />
            <UserMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar aria-label="Main" className="navbar" data-opened={opened}>
        <div className="nav-list">
          <Navigation onNavigate={navigation.close} />
        </div>
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1}>
        <div className="page">{children}</div>
      </AppShell.Main>
      <ProgressWidget />
      <RouteFocus />
      <ConnectionBar />
    </AppShell>
  );
}

/** Moves the focus without a change of the address. */
function skipToMain(event: MouseEvent): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}
