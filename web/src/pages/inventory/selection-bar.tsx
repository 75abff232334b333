import { Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { IconArchive, IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { GuardedButton } from '../../access/guarded-button';
import { useTenant } from '../../access/tenant-context';
import { startExport } from '../../api/interchange';
import { allPolicyIds, type PolicyFilters } from '../../api/policies';
import { MOST_POLICIES } from '../../inventory/most-policies';
import { useStartRun } from '../../runs/use-start-run';
import { countOf, numberText } from '../../ui/format';
import { AddToSetModal } from './add-to-set-modal';

interface SelectionBarProps {
  selected: ReadonlySet<string>;
  onSelect: (selected: ReadonlySet<string>) => void;
  filters: PolicyFilters;
  /** How many match the filters; undefined until that is known. */
  total: number | undefined;
}

/** What can be done with the policies that are ticked, on whatever page they stand. */
export function SelectionBar({ selected, onSelect, filters, total }: SelectionBarProps) {
  const { tenantId } = useTenant();
  const [opened, dialog] = useDisclosure(false);
  const [known, setKnown] = useState(0);
  const ids = [...selected];
  const clear = (): void => onSelect(new Set());
  const exporting = useStartRun(() => startExport(tenantId, { policyIds: ids, layout: 'intuneManagement' }), clear);
  const all = useMutation({
    mutationFn: () => allPolicyIds(tenantId, filters, MOST_POLICIES, setKnown),
    onSuccess: (found) => onSelect(new Set(found)),
    onSettled: () => setKnown(0),
  });
  const tooMany =
    selected.size > MOST_POLICIES ? `Select at most ${numberText(MOST_POLICIES)} policies at once.` : null;
  const wanted = Math.min(total ?? 0, MOST_POLICIES);
  return (
    <Group role="region" aria-label="Selected policies" justify="space-between" gap="xs" flex="1 1 auto">
      <Group gap="xs">
        <Text size="sm" fw={600} role="status">
          {all.isPending && known > 0
            ? `Reading ${numberText(known)} of ${numberText(wanted)}`
            : `${countOf(selected.size, 'policy', 'policies')} selected`}
        </Text>
        {total !== undefined && selected.size < wanted && (
          <Button size="compact-sm" variant="subtle" loading={all.isPending} onClick={() => all.mutate()}>
            Select all {numberText(wanted)} that match
          </Button>
        )}
        <Button size="compact-sm" variant="subtle" onClick={clear}>
          Clear selection
        </Button>
      </Group>
      <Group gap="xs">
        <GuardedButton
          size="xs"
          permission="inventory:export"
          variant="default"
          blocked={tooMany}
          loading={exporting.isPending}
          leftSection={<IconDownload size={15} aria-hidden />}
          onClick={() => exporting.mutate()}
        >
          Export
        </GuardedButton>
        <GuardedButton
          size="xs"
          permission="backup-sets:write"
          blocked={tooMany}
          leftSection={<IconArchive size={15} aria-hidden />}
          onClick={dialog.open}
        >
          Add to backup set
        </GuardedButton>
      </Group>
      <AddToSetModal policyIds={ids} opened={opened} onClose={dialog.close} onStarted={clear} />
    </Group>
  );
}
