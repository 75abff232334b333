import { Button, Combobox, Text, useCombobox } from '@mantine/core';
import { IconBuilding, IconSelector } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTenant } from '../access/tenant-context';
import type { Membership } from '../api/session';
import { lastTenants } from './last-tenant';

/** The tenants of the signed-in person, last used first. */
export function TenantSwitcher({ memberships }: { memberships: readonly Membership[] }) {
  const { tenantId, tenantName } = useTenant();
  const navigate = useNavigate();
  const [search, setSearch] = useState('');
  const combobox = useCombobox({
    onDropdownOpen: () => combobox.focusSearchInput(),
    onDropdownClose: () => {
      combobox.focusTarget();
      setSearch('');
    },
  });

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
        if (id !== tenantId) void navigate({ to: '/t/$tenantId', params: { tenantId: id } });
      }}
    >
      <Combobox.Target withAriaAttributes={false}>
        <Button
          variant="default"
          className="tenant-switcher"
          leftSection={<IconBuilding size={16} className="tenant-icon" aria-hidden />}
          rightSection={<IconSelector size={14} aria-hidden />}
          aria-label={`Tenant: ${tenantName}. Switch tenant`}
          aria-haspopup="listbox"
          aria-expanded={combobox.dropdownOpened}
          onClick={() => combobox.toggleDropdown()}
        >
          {tenantName}
        </Button>
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

function byLastUse(memberships: readonly Membership[]): Membership[] {
  const used = lastTenants();
  const rank = (each: Membership): number => {
    const at = used.indexOf(each.tenantId);
    return at < 0 ? used.length : at;
  };
  return [...memberships].sort((a, b) => rank(a) - rank(b) || a.tenantName.localeCompare(b.tenantName));
}
