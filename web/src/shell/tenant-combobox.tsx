import { Combobox, Text, useCombobox } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTenant } from '../access/tenant-context';
import type { Membership } from '../api/session';
import { useClickHandedOn } from './click-handed-on';
import { lastTenants } from './last-tenant';
import { navigationFor } from './navigation';
import { TenantButton } from './tenant-button';

/** The tenants of the signed-in person, last used first: opened as soon as it is there. */
export function TenantCombobox({ memberships }: { memberships: readonly Membership[] }) {
  const { tenantId } = useTenant();
  const { history } = useRouter();
  const [search, setSearch] = useState('');
  const button = useClickHandedOn();
  const combobox = useCombobox({
    onDropdownOpen: () => combobox.focusSearchInput(),
    onDropdownClose: () => {
      combobox.focusTarget();
      setSearch('');
    },
  });

  const { selectFirstOption } = combobox;
  useEffect(() => {
    if (search !== '') selectFirstOption();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the first option is another one whenever the text is
  }, [search]);

  const wanted = search.trim().toLowerCase();
  const shown = byLastUse(memberships).filter((each) => each.tenantName.toLowerCase().includes(wanted));
  return (
    <Combobox
      store={combobox}
      width={280}
      withinPortal={false}
      position="bottom-start"
      onOptionSubmit={(id) => {
        combobox.closeDropdown();
        const chosen = memberships.find((each) => each.tenantId === id);
        if (chosen !== undefined && id !== tenantId)
          history.push(samePlaceIn(chosen, tenantId, history.location.pathname));
      }}
    >
      <Combobox.Target withAriaAttributes={false}>
        <TenantButton ref={button} aria-expanded={combobox.dropdownOpened} onClick={() => combobox.toggleDropdown()} />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          aria-label="Search tenants"
          placeholder="Search tenants"
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <Combobox.Options aria-label="Tenants" mah={320} style={{ overflowY: 'auto' }}>
          {shown.map((each) => (
            <Combobox.Option value={each.tenantId} key={each.tenantId} active={each.tenantId === tenantId}>
              <Text size="sm" fw={each.tenantId === tenantId ? 600 : 400} truncate>
                {each.tenantName}
              </Text>
              <Text size="xs" c="dimmed">
                {each.role}
              </Text>
            </Combobox.Option>
          ))}
          {shown.length === 0 && <Combobox.Empty>No tenant of yours is called that.</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

/** The same section of the other tenant; its start page when the role there has no such section. */
function samePlaceIn(chosen: Membership, tenantId: string, pathname: string): string {
  const base = `/t/${chosen.tenantId}`;
  const below = pathname.slice(`/t/${tenantId}`.length);
  const entries = navigationFor(chosen.role).flatMap((group) => group.entries);
  const entry = entries.find(({ path, section = path }) => section !== '' && `${below}/`.startsWith(`${section}/`));
  return base + (entry?.path ?? '');
}

function byLastUse(memberships: readonly Membership[]): Membership[] {
  const used = lastTenants();
  const rank = (each: Membership): number => {
    const at = used.indexOf(each.tenantId);
    return at < 0 ? used.length : at;
  };
  return [...memberships].sort((a, b) => rank(a) - rank(b) || a.tenantName.localeCompare(b.tenantName));
}
