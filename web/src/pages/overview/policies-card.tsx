import { Text } from '@mantine/core';
import { IconListDetails } from '@tabler/icons-react';
import { useTenant } from '../../access/tenant-context';
import type { TrendDay } from '../../api/overview';
import { countOf, numberText } from '../../ui/format';
import { Sparkline } from './sparkline';
import { StatCard } from './stat-card';
import { shortDay } from './trend-words';

export function PoliciesCard({ policies, trend }: { policies: number; trend: readonly TrendDay[] }) {
  const { tenantId } = useTenant();
  const known = trend.flatMap(({ day, policies: count }) => (count === null ? [] : { day, count }));
  const first = known[0];
  return (
    <StatCard
      title="Policies"
      Icon={IconListDetails}
      tone={policies === 0 ? 'gray' : 'blue'}
      figure={known.length === 0 ? 'Unknown' : numberText(policies)}
      link={{ href: `/t/${tenantId}/inventory/policies`, label: 'Inventory' }}
    >
      {known.length > 1 && <Sparkline counts={known.map(({ count }) => count)} />}
      <Text size="sm" c="dimmed">
        {first === undefined
          ? 'A sync counts them.'
          : known.length === 1
            ? 'Known since today.'
            : changeText(policies - first.count, first.day)}
      </Text>
    </StatCard>
  );
}

function changeText(change: number, since: string): string {
  if (change === 0) return `As many as on ${shortDay(since)}.`;
  return `${countOf(Math.abs(change), 'policy', 'policies')} ${change > 0 ? 'more' : 'fewer'} than on ${shortDay(since)}.`;
}
