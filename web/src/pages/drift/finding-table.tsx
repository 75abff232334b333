import { DataTable } from '../../ui/data-table';
import { useFindingColumns, type FindingTableProps } from './finding-columns';

export function FindingTable(props: FindingTableProps) {
  return (
    <DataTable
      caption="Findings, newest first"
      columns={useFindingColumns(props)}
      rows={props.findings}
      keyOf={(finding) => finding.id}
    />
  );
}
