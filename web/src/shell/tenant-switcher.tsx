import { Suspense, useState } from 'react';
import type { Membership } from '../api/session';
import { lazyPart } from './lazy-part';
import { TenantButton } from './tenant-button';

const TenantCombobox = lazyPart(() => import('./tenant-combobox'), 'TenantCombobox');

/** The tenant's name; the list of the person's tenants comes with the first click. */
export function TenantSwitcher({ memberships }: { memberships: readonly Membership[] }) {
  const [isWanted, setWanted] = useState(false);
  const button = <TenantButton aria-expanded={false} onClick={() => setWanted(true)} />;
  if (!isWanted) return button;
  return (
    <Suspense fallback={button}>
      <TenantCombobox memberships={memberships} />
    </Suspense>
  );
}
