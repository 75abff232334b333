import { Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTenant } from '../../access/tenant-context';
import { addPolicies, type BackupSet } from '../../api/backup-sets';
import { allPolicyIds, policyChoicesQuery, policyFacetsQuery, type PolicyFilters } from '../../api/policies';
import { MOST_POLICIES } from '../../inventory/most-policies';
import { platformWords } from '../../inventory/platform-words';
import { usePolicyTypes } from '../../inventory/use-policy-types';
import { useStartRun } from '../../runs/use-start-run';
import { AppLink } from '../../ui/app-link';
import { ChoicesFilter } from '../../ui/choices-filter';
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

function Picker({ set, onClose }: { set: BackupSet; onClose: () => void }) {
  const { tenantId } = useTenant();
  const [filters, setFilters] = useState<PolicyFilters>({});
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [options, setOptions] = useState({ includeAssignments: true, includeScopeTags: true });
  const [known, setKnown] = useState(0);
  const choices = useInfiniteQuery(policyChoicesQuery(tenantId, filters));
  const facets = useQuery(policyFacetsQuery(tenantId, filters)).data;
  const types = usePolicyTypes();
  const add = useStartRun(() => addPolicies(tenantId, set.id, { policyIds: [...selected], options }), onClose);
  const all = useMutation({
    mutationFn: () => allPolicyIds(tenantId, filters, MOST_POLICIES, setKnown),
    onSuccess: (ids) => setSelected(new Set([...selected, ...ids])),
    onSettled: () => setKnown(0),
  });

  const policies = choices.data?.pages.flatMap((page) => page.items) ?? [];
  const isFiltered = Object.values(filters).some((value) => value !== undefined);
  const matching = Math.min(facets?.total ?? 0, MOST_POLICIES);
  return (
    <Stack gap="sm">
      <div className="filters">
        <SearchField
          label="Search"
          placeholder="Policy name"
          value={filters.q ?? ''}
          onSearch={(text) => setFilters({ ...filters, q: text === '' ? undefined : text })}
        />
        <ChoicesFilter
          label="Type"
          data={types.options}
          chosen={filters.type}
          onChoose={(type) => setFilters({ ...filters, type })}
          searchable
        />
        <ChoicesFilter
          label="Platform"
          data={(facets?.platform ?? []).map(({ value }) => ({ value, label: platformWords(value) }))}
          chosen={filters.platform}
          onChoose={(platform) => setFilters({ ...filters, platform })}
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
          all={{
            count: matching,
            isBusy: all.isPending,
            words:
              all.isPending && known > 0
                ? `Reading ${numberText(known)} of ${numberText(matching)}`
                : `Select all ${numberText(matching)} that match`,
            onSelect: () => all.mutate(),
          }}
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
          {selected.size > MOST_POLICIES
            ? `Select at most ${numberText(MOST_POLICIES)} policies at once.`
            : `${countOf(selected.size, 'policy', 'policies')} selected`}
        </Text>
        <Group gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            disabled={selected.size === 0 || selected.size > MOST_POLICIES}
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
