import type { RunFailure } from '../../api/operations';
import { DataTable, type Column } from '../../ui/data-table';
import { numberText } from '../../ui/format';
import { Section } from '../../ui/section';

const COLUMNS: Column<RunFailure>[] = [
  { key: 'message', header: 'Reason', isHeading: true, cell: (failure) => failure.message },
  { key: 'code', header: 'Code', cell: (failure) => <code>{failure.code}</code> },
  { key: 'count', header: 'Times', align: 'right', width: 90, cell: (failure) => numberText(failure.count) },
];

export function FailureSummary({ failures }: { failures: readonly RunFailure[] }) {
  return (
    <Section title="Failures" description="Grouped by reason." flush>
      <DataTable caption="Failures by reason" columns={COLUMNS} rows={failures} keyOf={(failure) => failure.code} />
    </Section>
  );
}
