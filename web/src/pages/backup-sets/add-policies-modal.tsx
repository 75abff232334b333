import { Button, Checkbox, Group, Modal, MultiSelect, Stack, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTenant } from '../../access/tenant-context';
import { addPolicies, type BackupSet } from '../../api/backup-sets';
import { policyChoicesQuery } from '../../api/policies';
import { usePolicyTypes } from '../../inventory/use-policy-types';
import { useStartRun } from '../../runs/use-start-run';
import { listOf, listText } from '../../search-params';
import { AppLink } from '../../ui/app-link';
import { countOf, numberText } from '../../ui/format';
import { SearchField } from '../../ui/search-field';
import { ErrorState, LoadingRows } from '../../ui/states';
import { PolicyChoices } from './policy-choices';

interface AddPoliciesModalProps {
  set: BackupSet;
  opened: boolean;
  onClose: () => void;
}

export function AddPoliciesModal({ set, opened, onClose }: AddPoliciesModalProps) {
  const isNarrow = useMediaQuery('(max-width: 47.99em)') ?? false;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={`Add policies to ${set.name}`}
      size="xl"
      fullScreen={isNarrow}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Picker set={set} onClose={onClose} />
    </Modal>
  );
}

/** The most policies that one run takes. */
const MOST = 5_000;

function Picker({ set, onClose }: { set: BackupSet; onClose: () => void }) {
  const { tenantId } = useTenant();
  const [filters, setFilters] = useState<{ q?: string; type?: string }>({});
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [options, setOptions] = useState({ includeAssignments: true, includeScopeTags: true });
  const choices = useInfiniteQuery(policyChoicesQuery(tenantId, filters));
  const types = usePolicyTypes();
  const add = useStartRun(() => addPolicies(tenantId, set.id, { policyIds: [...selected], options }), onClose);

  const policies = choices.data?.pages.flatMap((page) => page.items) ?? [];
  const isFiltered = filters.q !== undefined || filters.type !== undefined;
  return (
    <Stack gap="sm">
      <div className="filters">
        <SearchField
          label="Search"
          placeholder="Policy name"
          value={filters.q ?? ''}
          onSearch={(text) => setFilters({ ...filters, q: text === '' ? undefined : text })}
        />
        <MultiSelect
          label="Type"
          placeholder={filters.type === undefined ? 'All' : undefined}
          data={types.options}
          value={listOf(filters.type)}
          onChange={(values) => setFilters({ ...filters, type: listText(values) })}
          clearable
          searchable
        />
      </div>
      {choices.data === undefined ? (
        choices.isError ? (
          <ErrorState error={choices.error} onRetry={() => void choices.refetch()} />
        ) : (
          <LoadingRows />
        )
      ) : policies.length === 0 ? (
        <Text c="dimmed" py="lg" ta="center">
          {isFiltered ? (
            'No policy matches.'
          ) : (
            <>
              The inventory is empty.{' '}
              <AppLink href={`/t/${tenantId}/inventory/policies`} className="link">
                Run a sync first
              </AppLink>
              .
            </>
          )}
        </Text>
      ) : (
        <PolicyChoices
          policies={policies}
          selected={selected}
          onSelect={setSelected}
          hasMore={choices.hasNextPage}
          isLoadingMore={choices.isFetchingNextPage}
          onMore={() => void choices.fetchNextPage()}
        />
      )}
      <Group gap="lg">
        <Checkbox
          label="Keep assignments"
          checked={options.includeAssignments}
          onChange={(event) => setOptions({ ...options, includeAssignments: event.currentTarget.checked })}
        />
        <Checkbox
          label="Keep scope tags"
          checked={options.includeScopeTags}
          onChange={(event) => setOptions({ ...options, includeScopeTags: event.currentTarget.checked })}
        />
      </Group>
      <Group justify="space-between">
        <Text size="sm" c="dimmed" role="status">
          {selected.size > MOST
            ? `Select at most ${numberText(MOST)} policies at once.`
            : `${countOf(selected.size, 'policy', 'policies')} selected`}
        </Text>
        <Group gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            disabled={selected.size === 0 || selected.size > MOST}
            loading={add.isPending}
            onClick={() => add.mutate()}
          >
            {selected.size === 0 ? 'Add policies' : `Add ${countOf(selected.size, 'policy', 'policies')}`}
          </Button>
        </Group>
      </Group>
    </Stack>
  );
}
