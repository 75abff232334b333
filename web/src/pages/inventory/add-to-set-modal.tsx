import { Button, Checkbox, Group, Modal, SegmentedControl, Select, Stack, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTenant } from '../../access/tenant-context';
import { addPolicies, backupSetsKey, backupSetsQuery, createBackupSet } from '../../api/backup-sets';
import { useStartRun } from '../../runs/use-start-run';
import { countOf } from '../../ui/format';

interface AddToSetModalProps {
  policyIds: readonly string[];
  opened: boolean;
  onClose: () => void;
  onStarted?: () => void;
}

/** Adds chosen policies to a backup set that there is, or to a new one. */
export function AddToSetModal({ opened, onClose, ...rest }: AddToSetModalProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Add to backup set" closeButtonProps={{ 'aria-label': 'Close' }}>
      <AddToSetForm onClose={onClose} {...rest} />
    </Modal>
  );
}

const LONGEST_NAME = 200;

function AddToSetForm({ policyIds, onClose, onStarted }: Omit<AddToSetModalProps, 'opened'>) {
  const { tenantId } = useTenant();
  const queryClient = useQueryClient();
  const sets = useQuery(backupSetsQuery(tenantId, undefined));
  const known = sets.data?.items ?? [];
  const [chosenForm, setForm] = useState<'known' | 'new'>();
  const [setId, setSetId] = useState<string | null>(null);
  const [name, setName] = useState('');
  const [options, setOptions] = useState({ includeAssignments: true, includeScopeTags: true });
  const form = chosenForm ?? (sets.data !== undefined && known.length === 0 ? 'new' : 'known');
  const isReady = form === 'new' ? name.trim() !== '' : setId !== null;
  const start = useStartRun(
    async () => {
      if (form === 'known') return addPolicies(tenantId, setId ?? '', { policyIds, options });
      const set = await createBackupSet(tenantId, { name: name.trim(), description: '' });
      // If the start fails, the set is there to choose, and a second try makes no second one.
      void queryClient.invalidateQueries({ queryKey: backupSetsKey(tenantId) });
      setSetId(set.id);
      setForm('known');
      return addPolicies(tenantId, set.id, { policyIds, options });
    },
    () => {
      onClose();
      onStarted?.();
    },
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isReady) start.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <SegmentedControl
          aria-label="Which backup set"
          data={[
            { value: 'known', label: 'A set that there is' },
            { value: 'new', label: 'A new set' },
          ]}
          value={form}
          onChange={(value) => setForm(value)}
        />
        {form === 'known' ? (
          <Select
            label="Backup set"
            placeholder={known.length === 0 ? 'There is none yet' : 'Choose a set'}
            data={known.map((set) => ({ value: set.id, label: `${set.name} (${set.itemCount})` }))}
            value={setId}
            onChange={setSetId}
            searchable
            nothingFoundMessage="No set has this name"
          />
        ) : (
          <TextInput
            label="Name"
            placeholder="Before change 1234"
            required
            maxLength={LONGEST_NAME}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        )}
        <Checkbox
          label="With assignments"
          checked={options.includeAssignments}
          onChange={(event) => setOptions({ ...options, includeAssignments: event.currentTarget.checked })}
        />
        <Checkbox
          label="With scope tags"
          checked={options.includeScopeTags}
          onChange={(event) => setOptions({ ...options, includeScopeTags: event.currentTarget.checked })}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={!isReady} loading={start.isPending}>
            Add {countOf(policyIds.length, 'policy', 'policies')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
