import './shell.css';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { IconMenu2, IconX } from '@tabler/icons-react';
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
  const BurgerIcon = opened ? IconX : IconMenu2;
  useHotkeys([['Escape', navigation.close]]);
  return (
    <div className="frame">
      <a href="#main" className="skip-link" onClick={skipToMain}>
        Skip to content
      </a>
      <header className="frame-header">
        <div className="frame-header-part">
          <button
            type="button"
            className="frame-button frame-burger"
            onClick={navigation.toggle}
            aria-label={opened ? 'Close navigation' : 'Open navigation'}
            aria-expanded={opened}
          >
            <BurgerIcon size={22} stroke={1.8} aria-hidden />
          </button>
          <AppLink href={`/t/${tenantId}`} className="brand" aria-label="TenantAtlas">
            <Logo size={28} />
            <span className="brand-name">TenantAtlas</span>
          </AppLink>
          <TenantSwitcher memberships={memberships} />
        </div>
        <div className="frame-header-part">
          <PaletteButton />
          <NotificationBell />
          <UserMenu />
        </div>
      </header>
      <nav className="frame-nav" aria-label="Main" data-opened={opened}>
        <div className="nav-list">
          <Navigation onNavigate={navigation.close} />
        </div>
      </nav>
      <main id="main" className="frame-main" tabIndex={-1}>
        <div className="page">{children}</div>
      </main>
      <ProgressWidget />
      <RouteFocus />
      <ConnectionBar />
    </div>
  );
}

/** Moves the focus without a change of the address. */
function skipToMain(event: MouseEvent): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}
