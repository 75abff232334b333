import { useQuery } from '@tanstack/react-query';
import { useTenant } from '../../access/tenant-context';
import { runItemsQuery } from '../../api/operations';
import type { SyncRun, TypeCoverage } from '../../api/sync-runs';
import { usePolicyTypes } from '../../inventory/use-policy-types';
import { DataTable, type Column } from '../../ui/data-table';
import { numberText } from '../../ui/format';
import { ToneBadge } from '../../ui/tone-badge';
import { COVERAGE_LOOKS } from './coverage-looks';

/** What a sync read of each policy type; the sentences of what went wrong are those of its operation run. */
export function CoverageTable({ sync }: { sync: SyncRun }) {
  const { tenantId } = useTenant();
  const types = usePolicyTypes();
  const failed = useQuery(runItemsQuery(tenantId, sync.operationRunId, { result: 'failed' }, sync.finishedAt ?? ''));
  const sentenceOf = (type: string): string | undefined =>
    failed.data?.items.find(({ itemId }) => itemId === type)?.reason;

  const columns: Column<TypeCoverage>[] = [
    { key: 'type', header: 'Policy type', isHeading: true, cell: ({ type }) => types.labelOf(type) },
    {
      key: 'state',
      header: 'Coverage',
      width: 170,
      cell: ({ state }) => {
        const { words, tone, Icon } = COVERAGE_LOOKS[state];
        return (
          <ToneBadge tone={tone} Icon={Icon}>
            {words}
          </ToneBadge>
        );
      },
    },
    { key: 'policies', header: 'Policies', align: 'right', width: 110, cell: ({ policies }) => numberText(policies) },
    {
      key: 'reason',
      header: 'Reason',
      width: '40%',
      cell: ({ type, state, reasonCode }) =>
        reasonCode === null ? (
          '–'
        ) : (
          <div>
            {sentenceOf(type)}
            {state === 'forbidden' && <div>Reading it needs {types.find(type)?.permission ?? 'a permission'}.</div>}
            <div className="cell-note">
              <code>{reasonCode}</code>
            </div>
          </div>
        ),
    },
  ];
  return (
    <DataTable caption="Coverage by policy type" columns={columns} rows={sync.coverage} keyOf={({ type }) => type} />
  );
}
