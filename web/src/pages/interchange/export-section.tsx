import { NativeSelect } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { GuardedButton } from '../../access/guarded-button';
import { useTenant } from '../../access/tenant-context';
import { startExport, type Layout } from '../../api/interchange';
import { usePolicyTypes } from '../../inventory/use-policy-types';
import { ActiveRunNote } from '../../runs/active-run-note';
import { useStartRun } from '../../runs/use-start-run';
import { listOf } from '../../search-params';
import { ChoicesFilter } from '../../ui/choices-filter';
import { SearchField } from '../../ui/search-field';
import { Section } from '../../ui/section';
import { ExportedArchives } from './exported-archives';

const ROUTE = '/t/$tenantId/inventory/exchange';
const LAYOUTS: { value: Layout; label: string }[] = [
  { value: 'intuneManagement', label: 'IntuneManagement' },
  { value: 'intuneCd', label: 'IntuneCD' },
  { value: 'graph', label: 'Plain Microsoft Graph' },
];

/** Starts an export of all policies, or of some by type and name, and offers the archives that there are. */
export function ExportSection() {
  const { tenantId } = useTenant();
  const { type, q } = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const types = usePolicyTypes();
  const [layout, setLayout] = useState<Layout>('intuneManagement');
  const start = useStartRun(() => startExport(tenantId, { ...narrowed(type, q), layout }));
  const narrow = (change: { type?: string; q?: string }): void =>
    void navigate({ search: { type, q, ...change }, replace: true });
  return (
    <>
      <ActiveRunNote type="policy.bulk_export" />
      <Section
        title="Export"
        description="All policies that the newest syncs read whole, or some of them, as one zip. Secrets are never in it."
      >
        <div className="form-row">
          <div className="filters">
            <NativeSelect
              label="Layout"
              data={LAYOUTS}
              value={layout}
              onChange={(event) => setLayout(event.currentTarget.value as Layout)}
            />
            <ChoicesFilter
              label="Type"
              data={types.options}
              chosen={type}
              onChoose={(chosen) => narrow({ type: chosen })}
              searchable
            />
            <SearchField
              label="Name or description"
              placeholder="All"
              value={q ?? ''}
              onSearch={(text) => narrow({ q: text === '' ? undefined : text })}
            />
          </div>
          <GuardedButton
            permission="inventory:export"
            loading={start.isPending}
            leftSection={<IconDownload size={16} aria-hidden />}
            onClick={() => start.mutate()}
          >
            Export
          </GuardedButton>
        </div>
      </Section>
      <ExportedArchives />
    </>
  );
}

function narrowed(type: string | undefined, q: string | undefined): { types?: string[]; q?: string } {
  const types = listOf(type);
  return { ...(types.length === 0 ? {} : { types }), ...(q === undefined ? {} : { q }) };
}
