import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconAlertCircle } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useTenant } from '../../access/tenant-context';
import { messageOf } from '../../api/client';
import { removeConnection } from '../../api/graph-connection';
import { tenantKey } from '../../api/keys';

/** Asks for the tenant's name, since syncs stop with the connection. */
export function RemoveConnectionModal({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Remove the connection" closeButtonProps={{ 'aria-label': 'Close' }}>
      <RemoveForm onClose={onClose} />
    </Modal>
  );
}

function RemoveForm({ onClose }: { onClose: () => void }) {
  const { tenantId, tenantName } = useTenant();
  const queryClient = useQueryClient();
  const [typed, setTyped] = useState('');
  const removal = useMutation({
    mutationFn: () => removeConnection(tenantId),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: tenantKey(tenantId) });
      onClose();
    },
  });
  const isSure = typed.trim() === tenantName;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isSure) removal.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        {removal.isError && (
          <Alert data-tone="red" icon={<IconAlertCircle aria-hidden />} role="alert">
            {messageOf(removal.error)}
          </Alert>
        )}
        <Text size="sm">
          The credential is deleted for good, and nothing can be read from the tenant until it is connected again. What
          was read before stays.
        </Text>
        <TextInput
          label={`Type ${tenantName} to confirm`}
          autoComplete="off"
          data-autofocus
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" color="red.9" loading={removal.isPending} disabled={!isSure}>
            Remove
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
