import { Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTenant } from '../../access/tenant-context';
import { membersQuery } from '../../api/members';
import { runSummaryQuery } from '../../api/operations';
import { ChoicesFilter } from '../../ui/choices-filter';
import { FilterBar } from '../../ui/filter-bar';
import { SearchField } from '../../ui/search-field';
import { BETWEEN, WINDOWS } from './audit-window';
import { KNOWN_ACTIONS, runActions } from './audit-words';

export interface AuditSearch {
  q?: string;
  actor?: string;
  action?: string;
  window?: string;
  from?: string;
  to?: string;
}

interface AuditFilterBarProps {
  search: AuditSearch;
  onChange: (change: AuditSearch, replace?: boolean) => void;
  onClear: () => void;
}

const SYSTEM = { value: 'System', label: 'System (schedules and repairs)' };

export function AuditFilterBar({ search, onChange, onClear }: AuditFilterBarProps) {
  const { tenantId } = useTenant();
  const members = useQuery(membersQuery(tenantId, {})).data?.items ?? [];
  const actors = [SYSTEM, ...members.map(({ userId, name }) => ({ value: userId, label: name }))];
  const types = useQuery(runSummaryQuery(tenantId)).data?.types ?? [];
  const actions = [...KNOWN_ACTIONS, ...types.flatMap(runActions)];
  // Somebody who has left the tenant is asked for by the address alone.
  if (search.actor !== undefined && !actors.some(({ value }) => value === search.actor)) {
    actors.push({ value: search.actor, label: 'A former member' });
  }
  const active = [search.q, search.actor, search.action, search.window].filter((value) => value !== undefined).length;
  return (
    <FilterBar label="Filter the audit trail" active={active} onClear={onClear}>
      <SearchField
        label="Search"
        placeholder="Name or id"
        value={search.q ?? ''}
        onSearch={(q) => onChange({ q: q === '' ? undefined : q }, true)}
      />
      <Select
        label="Who"
        placeholder="Anybody"
        searchable
        clearable
        data={actors}
        value={search.actor ?? null}
        onChange={(actor) => onChange({ actor: actor ?? undefined })}
      />
      <ChoicesFilter
        label="Action"
        searchable
        data={actions}
        chosen={search.action}
        onChoose={(action) => onChange({ action })}
      />
      <Select
        label="When"
        placeholder="At any time"
        clearable
        data={[...WINDOWS.map(({ value, label }) => ({ value, label })), { value: BETWEEN, label: 'Between two days' }]}
        value={search.window ?? null}
        onChange={(window) => onChange({ window: window ?? undefined, from: undefined, to: undefined })}
      />
      {search.window === BETWEEN && (
        <>
          <TextInput
            label="From"
            type="date"
            max={search.to}
            value={search.from ?? ''}
            onChange={(event) => onChange({ from: event.currentTarget.value || undefined })}
          />
          <TextInput
            label="To"
            type="date"
            min={search.from}
            value={search.to ?? ''}
            onChange={(event) => onChange({ to: event.currentTarget.value || undefined })}
          />
        </>
      )}
    </FilterBar>
  );
}
