import { Alert, Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { IconAlertCircle } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useTenant } from '../../access/tenant-context';
import { backupSetsKey, createBackupSet } from '../../api/backup-sets';
import { messageOf, Problem } from '../../api/client';
import { overviewKey } from '../../api/overview';

const LONGEST_NAME = 200;
const LONGEST_DESCRIPTION = 2_000;

export function CreateSetModal({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Create backup set" closeButtonProps={{ 'aria-label': 'Close' }}>
      <CreateSetForm onClose={onClose} />
    </Modal>
  );
}

function CreateSetForm({ onClose }: { onClose: () => void }) {
  const { tenantId } = useTenant();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const create = useMutation({
    mutationFn: () => createBackupSet(tenantId, { name: name.trim(), description: description.trim() }),
    onSuccess: async (set) => {
      void queryClient.invalidateQueries({ queryKey: backupSetsKey(tenantId) });
      void queryClient.invalidateQueries({ queryKey: overviewKey(tenantId) });
      onClose();
      await navigate({ to: '/t/$tenantId/backup-sets/$backupSetId', params: { tenantId, backupSetId: set.id } });
    },
  });
  const faultOf = (field: string): string | undefined =>
    create.error instanceof Problem ? create.error.fields.find((fault) => fault.field === field)?.message : undefined;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    create.mutate();
  };

  return (
    <form onSubmit={submit}>
      <Stack>
        {create.isError && (
          <Alert data-tone="red" icon={<IconAlertCircle aria-hidden />} role="alert">
            {messageOf(create.error)}
          </Alert>
        )}
        <TextInput
          label="Name"
          placeholder="Before change 1234"
          required
          maxLength={LONGEST_NAME}
          data-autofocus
          value={name}
          error={faultOf('name')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Textarea
          label="Description"
          description="Why this set exists, for whoever finds it later."
          autosize
          minRows={2}
          maxRows={8}
          maxLength={LONGEST_DESCRIPTION}
          value={description}
          error={faultOf('description')}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending} disabled={name.trim() === ''}>
            Create
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
