import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTenant } from '../../access/tenant-context';
import { acknowledgeFindings, driftKey } from '../../api/findings';
import { countOf } from '../../ui/format';
import { ProblemAlert } from '../../ui/problem-alert';

interface AcknowledgeModalProps {
  ids: readonly string[];
  opened: boolean;
  onClose: () => void;
  onDone?: () => void;
}

/** Acknowledges findings, with a reason for whoever reads them later. */
export function AcknowledgeModal({ opened, onClose, ids, onDone }: AcknowledgeModalProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={`Acknowledge ${countOf(ids.length, 'finding')}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <AcknowledgeForm ids={ids} onClose={onClose} onDone={onDone} />
    </Modal>
  );
}

const LONGEST_REASON = 500;

function AcknowledgeForm({ ids, onClose, onDone }: Omit<AcknowledgeModalProps, 'opened'>) {
  const { tenantId } = useTenant();
  const queryClient = useQueryClient();
  const [reason, setReason] = useState('');
  const acknowledge = useMutation({
    mutationFn: () => acknowledgeFindings(tenantId, ids, reason.trim()),
    onSuccess: ({ acknowledged, unchanged }) => {
      notifications.show({
        color: 'green',
        title: `${countOf(acknowledged, 'finding')} acknowledged`,
        message:
          unchanged > 0 ? `${countOf(unchanged, 'was', 'were')} acknowledged before.` : 'Your name is kept with it.',
      });
      onClose();
      onDone?.();
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: driftKey(tenantId) }),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    acknowledge.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <ProblemAlert error={acknowledge.error} />
        <Text size="sm">
          You say that you have seen it. Nothing changes in the tenant; your name, the time and the reason are kept.
        </Text>
        <Textarea
          label="Reason"
          description="For whoever finds it later, for example a change or a ticket. May be left empty."
          autosize
          minRows={2}
          maxRows={6}
          maxLength={LONGEST_REASON}
          data-autofocus
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={acknowledge.isPending}>
            Acknowledge
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
