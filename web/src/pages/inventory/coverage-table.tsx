import type { SyncRun, TypeCoverage } from '../../api/sync-runs';
import { usePolicyTypes } from '../../inventory/use-policy-types';
import { DataTable, type Column } from '../../ui/data-table';
import { numberText } from '../../ui/format';
import { ToneBadge } from '../../ui/tone-badge';
import { COVERAGE_LOOKS } from './coverage-looks';

/** What a sync read of each policy type. */
export function CoverageTable({ sync }: { sync: SyncRun }) {
  const types = usePolicyTypes();
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
      cell: ({ type, state, reasonCode, reason }) =>
        reasonCode === null ? (
          '–'
        ) : (
          <div>
            {reason}
            {state === 'forbidden' && <div>Reading it needs {types.find(type)?.permission ?? 'a permission'}.</div>}
            <div className="cell-note">
              <code>{reasonCode}</code>
            </div>
          </div>
        ),
    },
  ];
  const isRead = ({ state }: TypeCoverage): number => (state === 'read' ? 1 : 0);
  const rows = [...sync.coverage].sort(
    (a, b) => isRead(a) - isRead(b) || types.labelOf(a.type).localeCompare(types.labelOf(b.type), 'en'),
  );
  return (
    <DataTable
      caption="Coverage by policy type, what was not read first"
      columns={columns}
      rows={rows}
      keyOf={({ type }) => type}
    />
  );
}
