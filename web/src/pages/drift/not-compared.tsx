import { List, Text } from '@mantine/core';
import { IconCircleCheck, IconEyeOff } from '@tabler/icons-react';
import type { DriftStatus } from '../../api/findings';
import { usePolicyTypes } from '../../inventory/use-policy-types';
import { countOf } from '../../ui/format';

/** What a comparison leaves out, in words: what was not read whole is unknown, and unknown is no drift. */
export function NotCompared({ rows }: { rows: DriftStatus['notCompared'] }) {
  const types = usePolicyTypes();
  if (rows.length === 0) {
    return (
      <Text size="sm" c="dimmed" mt="sm" component="div" style={{ display: 'flex', alignItems: 'center', gap: 6 }}>
        <IconCircleCheck size={16} aria-hidden style={{ flex: 'none' }} />
        Both syncs read every policy type, so everything is compared.
      </Text>
    );
  }
  return (
    <details className="technical spaced">
      <summary>
        <IconEyeOff size={15} aria-hidden style={{ verticalAlign: '-2px' }} />{' '}
        {countOf(new Set(rows.map(({ type }) => type)).size, 'policy type')} not compared
      </summary>
      <Text size="sm" c="dimmed" my={4}>
        What a sync could not read whole is unknown. It never becomes a finding, and nothing of it counts as removed.
      </Text>
      <List size="sm">
        {rows.map(({ type, reason }) => (
          <List.Item key={`${type} ${reason}`}>
            <strong>{types.labelOf(type)}</strong>: {reason}
          </List.Item>
        ))}
      </List>
    </details>
  );
}
