import { useTenant } from '../../access/tenant-context';
import type { ListedFinding } from '../../api/findings';
import { usePolicyTypes } from '../../inventory/use-policy-types';
import { AppLink } from '../../ui/app-link';
import type { Column } from '../../ui/data-table';
import { countOf } from '../../ui/format';
import { selectColumn } from '../../ui/select-column';
import { TimeAgo } from '../../ui/time-ago';
import { ToneBadge } from '../../ui/tone-badge';
import { isOpen, KIND_WORDS, SEVERITY_LOOKS, STATUS_LOOKS } from './finding-words';

export interface FindingTableProps {
  findings: readonly ListedFinding[];
  selected: ReadonlySet<string>;
  onSelect: (selected: ReadonlySet<string>) => void;
  /** Whether all are of one policy, which is told elsewhere: then what was found comes first. */
  isGrouped?: boolean;
}

/** What a list of findings shows of each. */
export function useFindingColumns({
  findings,
  selected,
  onSelect,
  isGrouped = false,
}: FindingTableProps): Column<ListedFinding>[] {
  const { tenantId } = useTenant();
  const types = usePolicyTypes();
  return [
    selectColumn<ListedFinding>({
      rows: findings,
      keyOf: ({ id }) => id,
      nameOf: (finding) => `${finding.subjectName}: ${KIND_WORDS[finding.kind]}`,
      canSelect: ({ status }) => isOpen(status),
      selected,
      onSelect,
      allLabel: 'Select all findings of this list that can be acknowledged',
    }),
    {
      key: 'severity',
      header: 'Severity',
      width: 120,
      cell: (finding) => {
        const { words, tone, Icon } = SEVERITY_LOOKS[finding.severity];
        return (
          <ToneBadge tone={tone} Icon={Icon}>
            {words}
          </ToneBadge>
        );
      },
    },
    {
      key: 'policy',
      header: isGrouped ? 'Finding' : 'Policy',
      isHeading: true,
      cell: (finding) => (
        <>
          <AppLink href={`/t/${tenantId}/drift/findings/${finding.id}`} className="link">
            {isGrouped ? KIND_WORDS[finding.kind] : finding.subjectName}
          </AppLink>
          {!isGrouped && <div className="cell-note">{types.labelOf(finding.subjectType)}</div>}
        </>
      ),
    },
    {
      key: 'kind',
      header: isGrouped ? 'Changes' : 'Finding',
      width: 190,
      cell: (finding) =>
        isGrouped ? (
          countOf(finding.changeCount, 'change')
        ) : (
          <div className="nowrap">
            {KIND_WORDS[finding.kind]}
            <div className="cell-note">{countOf(finding.changeCount, 'change')}</div>
          </div>
        ),
    },
    {
      key: 'status',
      header: 'Status',
      width: 160,
      cell: (finding) => {
        const { words, tone, Icon } = STATUS_LOOKS[finding.status];
        return (
          <ToneBadge tone={tone} Icon={Icon}>
            {words}
          </ToneBadge>
        );
      },
    },
    { key: 'found', header: 'Found', width: 140, cell: (finding) => <TimeAgo at={finding.createdAt} /> },
  ];
}
