import { Button, Checkbox, Group, Text } from '@mantine/core';
import type { PolicySummary } from '../../api/policies';
import { platformWords } from '../../inventory/platform-words';
import { countOf } from '../../ui/format';

interface PolicyChoicesProps {
  /** How to take all that match, also those that are not loaded. */
  all: { count: number; isBusy: boolean; words: string; onSelect: () => void };
  policies: readonly PolicySummary[];
  selected: ReadonlySet<string>;
  onSelect: (selected: ReadonlySet<string>) => void;
  hasMore: boolean;
  isLoadingMore: boolean;
  onMore: () => void;
}

/** Policies to tick; what is ticked stays so when the search changes. */
export function PolicyChoices({
  all,
  policies,
  selected,
  onSelect,
  hasMore,
  isLoadingMore,
  onMore,
}: PolicyChoicesProps) {
  const ticked = policies.filter(({ id }) => selected.has(id)).length;
  const isAll = ticked === policies.length;
  const toggle = (id: string): void => {
    const next = new Set(selected);
    if (!next.delete(id)) next.add(id);
    onSelect(next);
  };
  const toggleAll = (): void => {
    const next = new Set(selected);
    for (const { id } of policies) {
      if (isAll) next.delete(id);
      else next.add(id);
    }
    onSelect(next);
  };
  return (
    <div className="choices">
      <Group className="choices-head" justify="space-between" gap="xs">
        <Checkbox
          label={`Select all ${countOf(policies.length, 'policy', 'policies')}${hasMore ? ' loaded' : ''}`}
          checked={isAll}
          indeterminate={!isAll && ticked > 0}
          onChange={toggleAll}
        />
        {hasMore && selected.size < all.count && (
          <Button size="compact-sm" variant="subtle" loading={all.isBusy} onClick={all.onSelect}>
            {all.words}
          </Button>
        )}
      </Group>
      <ul className="choices-list" aria-label="Policies" tabIndex={0}>
        {policies.map((policy) => (
          <li key={policy.id}>
            <Checkbox
              label={policy.name}
              description={kindOf(policy)}
              checked={selected.has(policy.id)}
              onChange={() => toggle(policy.id)}
            />
          </li>
        ))}
        {hasMore && (
          <li>
            <Group justify="space-between">
              <Text size="sm" c="dimmed">
                More policies match.
              </Text>
              <Button size="compact-sm" variant="default" loading={isLoadingMore} onClick={onMore}>
                Load more
              </Button>
            </Group>
          </li>
        )}
      </ul>
    </div>
  );
}

function kindOf({ typeLabel, platform }: PolicySummary): string {
  return platform === null ? typeLabel : `${typeLabel} · ${platformWords(platform)}`;
}
