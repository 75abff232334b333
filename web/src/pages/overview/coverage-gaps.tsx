import { Text } from '@mantine/core';
import { useTenant } from '../../access/tenant-context';
import type { CoverageGap, LastSync } from '../../api/overview';
import { AppLink } from '../../ui/app-link';
import { DataTable, type Column } from '../../ui/data-table';
import { countOf } from '../../ui/format';
import { Section } from '../../ui/section';
import { ToneBadge } from '../../ui/tone-badge';
import { COVERAGE_LOOKS } from '../inventory/coverage-looks';

const COLUMNS: Column<CoverageGap>[] = [
  { key: 'type', header: 'Policy type', isHeading: true, width: '32%', cell: ({ label }) => label },
  {
    key: 'state',
    header: 'Coverage',
    width: 150,
    cell: ({ state }) => (
      <ToneBadge tone={COVERAGE_LOOKS[state].tone} Icon={COVERAGE_LOOKS[state].Icon}>
        {COVERAGE_LOOKS[state].words}
      </ToneBadge>
    ),
  },
  { key: 'reason', header: 'Why, and what to do', cell: ({ reason }) => reason ?? 'No reason was given.' },
];

/** What of the tenant is not known for sure, because the last sync could not read it to the end. */
export function CoverageGaps({ sync }: { sync: LastSync }) {
  const { tenantId } = useTenant();
  const { gaps, types, byState } = sync.coverage;
  if (gaps.length === 0) return null;
  const more = types - byState.read - gaps.length;
  return (
    <Section
      title="Not read to the end"
      description="What the last sync could not read is never taken for removed, and is left out of drift."
      flush
    >
      <DataTable
        caption="Policy types that the last sync did not read to the end"
        columns={COLUMNS}
        rows={gaps}
        keyOf={(gap) => gap.type}
      />
      {more > 0 && (
        <Text size="sm" px="md" py="sm">
          <AppLink href={`/t/${tenantId}/inventory/sync-runs/${sync.id}`} className="link">
            {countOf(more, 'more type')}
          </AppLink>
        </Text>
      )}
    </Section>
  );
}
