import { Checkbox } from '@mantine/core';
import { useTenant } from '../../access/tenant-context';
import type { Finding } from '../../api/findings';
import { usePolicyTypes } from '../../inventory/use-policy-types';
import { AppLink } from '../../ui/app-link';
import { DataTable, type Column } from '../../ui/data-table';
import { countOf } from '../../ui/format';
import { TimeAgo } from '../../ui/time-ago';
import { ToneBadge } from '../../ui/tone-badge';
import { isOpen, KIND_WORDS, SEVERITY_LOOKS, STATUS_LOOKS } from './finding-words';

interface FindingTableProps {
  findings: readonly Finding[];
  selected: ReadonlySet<string>;
  onSelect: (selected: ReadonlySet<string>) => void;
}

export function FindingTable({ findings, selected, onSelect }: FindingTableProps) {
  const { tenantId } = useTenant();
  const types = usePolicyTypes();
  const open = findings.filter((finding) => isOpen(finding.status));
  const isAll = open.length > 0 && open.every(({ id }) => selected.has(id));
  const toggle = (id: string): void => {
    const next = new Set(selected);
    if (!next.delete(id)) next.add(id);
    onSelect(next);
  };

  const columns: Column<Finding>[] = [
    {
      key: 'select',
      header: (
        <Checkbox
          size="sm"
          aria-label="Select all findings of this page that can be acknowledged"
          disabled={open.length === 0}
          checked={isAll}
          indeterminate={!isAll && selected.size > 0}
          onChange={() => onSelect(isAll ? new Set() : new Set(open.map(({ id }) => id)))}
        />
      ),
      width: 48,
      cell: (finding) =>
        isOpen(finding.status) && (
          <Checkbox
            size="sm"
            aria-label={`Select ${finding.subjectName}`}
            checked={selected.has(finding.id)}
            onChange={() => toggle(finding.id)}
          />
        ),
    },
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
      header: 'Policy',
      isHeading: true,
      cell: (finding) => (
        <>
          <AppLink href={`/t/${tenantId}/drift/findings/${finding.id}`} className="link">
            {finding.subjectName}
          </AppLink>
          <div className="cell-note">{types.labelOf(finding.subjectType)}</div>
        </>
      ),
    },
    {
      key: 'kind',
      header: 'Finding',
      cell: (finding) => (
        <div className="nowrap">
          {KIND_WORDS[finding.kind]}
          {changesOf(finding) > 0 && <div className="cell-note">{countOf(changesOf(finding), 'change')}</div>}
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
  return (
    <DataTable caption="Findings, newest first" columns={columns} rows={findings} keyOf={(finding) => finding.id} />
  );
}

function changesOf({ evidence }: Finding): number {
  return evidence.changes.length + (evidence.omittedChanges ?? 0);
}
