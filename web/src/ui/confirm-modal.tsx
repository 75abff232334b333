import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactNode } from 'react';
import { ProblemAlert } from './problem-alert';

interface ConfirmModalProps {
  opened: boolean;
  onClose: () => void;
  title: string;
  /** What will happen, in whole sentences. */
  children: ReactNode;
  /** The verb of the button. */
  confirm: string;
  /** What has to be typed first; left out where the step can be taken back. */
  typed?: string;
  action: () => Promise<unknown>;
}

/** Asks before something is taken away, and does it. */
export function ConfirmModal({ opened, onClose, title, ...form }: ConfirmModalProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': 'Close' }}>
      <ConfirmForm onClose={onClose} {...form} />
    </Modal>
  );
}

function ConfirmForm({ onClose, children, confirm, typed, action }: Omit<ConfirmModalProps, 'opened' | 'title'>) {
  const [text, setText] = useState('');
  const run = useMutation({ mutationFn: action, onSuccess: onClose });
  const isSure = typed === undefined || text.trim() === typed;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isSure) run.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <ProblemAlert error={run.error} />
        <Text size="sm" component="div" style={{ overflowWrap: 'anywhere' }}>
          {children}
        </Text>
        {typed !== undefined && (
          <TextInput
            label={`Type ${typed} to confirm`}
            autoComplete="off"
            data-autofocus
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" color="red.9" loading={run.isPending} disabled={!isSure}>
            {confirm}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
