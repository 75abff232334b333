import { NativeSelect, Text } from '@mantine/core';
import { useState } from 'react';
import { useTenant } from '../../access/tenant-context';
import type { ImportReport, ImportState, OnlyInTenant, UnreadableFile } from '../../api/interchange';
import { usePolicyTypes } from '../../inventory/use-policy-types';
import { AppLink } from '../../ui/app-link';
import { BreakableName } from '../../ui/breakable-name';
import { DataTable, type Column } from '../../ui/data-table';
import { countOf, numberText } from '../../ui/format';
import { Section } from '../../ui/section';
import { importColumns } from './import-columns';
import { IMPORT_LOOKS, IMPORT_STATES } from './import-words';
import { ShownRows } from './shown-rows';

const UNREADABLE: Column<UnreadableFile>[] = [
  { key: 'file', header: 'File', isHeading: true, width: '45%', cell: ({ file }) => <BreakableName name={file} /> },
  {
    key: 'reason',
    header: 'Why',
    cell: ({ reason, code }) => (
      <div>
        {reason}
        <div className="cell-note">
          <code>{code}</code>
        </div>
      </div>
    ),
  },
];

/** What an archive holds: first what could not be read, then how each policy stands to the tenant's. */
export function ImportReportView({ report }: { report: ImportReport }) {
  const { policies, unreadable, ignored, onlyInTenant } = report;
  const { tenantId } = useTenant();
  const types = usePolicyTypes();
  const [state, setState] = useState<ImportState | ''>('');
  const shown = state === '' ? policies : policies.filter((policy) => policy.state === state);
  const only: Column<OnlyInTenant>[] = [
    {
      key: 'name',
      header: 'Name',
      isHeading: true,
      cell: ({ policyId, name }) => (
        <AppLink href={`/t/${tenantId}/inventory/policies/${policyId}`} className="link">
          {name}
        </AppLink>
      ),
    },
    { key: 'type', header: 'Type', width: '40%', cell: ({ type }) => types.labelOf(type) },
  ];
  return (
    <>
      {unreadable.length > 0 && (
        <Section title="Could not be read" description={countOf(unreadable.length, 'file')} flush>
          <ShownRows rows={unreadable}>
            {(rows) => (
              <DataTable
                caption="Files that could not be read"
                columns={UNREADABLE}
                rows={rows}
                keyOf={({ file, code }) => `${file} ${code}`}
              />
            )}
          </ShownRows>
        </Section>
      )}
      <Section
        title="Policies in the archive"
        description={countsOf(report)}
        actions={
          policies.length > 0 && (
            <NativeSelect
              aria-label="Show"
              size="xs"
              data={[
                { value: '', label: `All (${numberText(policies.length)})` },
                ...IMPORT_STATES.map((each) => ({
                  value: each,
                  label: `${IMPORT_LOOKS[each].words} (${numberText(policies.filter((policy) => policy.state === each).length)})`,
                })),
              ]}
              value={state}
              onChange={(event) => setState(event.currentTarget.value as ImportState | '')}
            />
          )
        }
        flush
      >
        {shown.length === 0 ? (
          <Text size="sm" c="dimmed" px="md" pb="md">
            {policies.length === 0 ? 'No policy was found in it.' : 'No policy of the archive stands like this.'}
          </Text>
        ) : (
          <ShownRows key={state} rows={shown}>
            {(rows) => (
              <DataTable
                caption="Policies in the archive"
                columns={importColumns(tenantId)}
                rows={rows}
                keyOf={({ file }) => file}
              />
            )}
          </ShownRows>
        )}
        {ignored > 0 && (
          <Text size="sm" c="dimmed" px="md" py="sm">
            {countOf(ignored, 'other file')} without a policy by {ignored === 1 ? 'its name' : 'their names'}.
          </Text>
        )}
      </Section>
      {onlyInTenant.length > 0 && (
        <Section
          title="Only in the tenant"
          description={`${countOf(onlyInTenant.length, 'policy', 'policies')} of the same types that the archive does not have.`}
          flush
        >
          <ShownRows rows={onlyInTenant}>
            {(rows) => (
              <DataTable caption="Only in the tenant" columns={only} rows={rows} keyOf={({ policyId }) => policyId} />
            )}
          </ShownRows>
        </Section>
      )}
    </>
  );
}

function countsOf({ policies }: ImportReport): string {
  const counts = IMPORT_STATES.flatMap((state) => {
    const count = policies.filter((policy) => policy.state === state).length;
    return count === 0 ? [] : [`${numberText(count)} ${IMPORT_LOOKS[state].words.toLowerCase()}`];
  });
  return counts.length === 0 ? 'None' : counts.join(', ');
}
