import { Alert, Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { apiTokensKey, createApiToken } from '../../api/api-tokens';
import { serverNow } from '../../api/server-clock';
import { faultOf } from '../../ui/fault-of';
import { ProblemAlert } from '../../ui/problem-alert';
import { SecretField } from '../../ui/secret-field';

const DAY_MS = 86_400_000;
const NEVER = 'never';
const ON_DATE = 'date';
const LIVES = [
  { value: '30', label: 'In 30 days' },
  { value: '90', label: 'In 90 days' },
  { value: '365', label: 'In a year' },
  { value: ON_DATE, label: 'On a date' },
  { value: NEVER, label: 'Never' },
];

export function CreateTokenModal({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Create API token"
      closeButtonProps={{ 'aria-label': 'Close' }}
      // A click beside the window must not lose a token that is shown once.
      closeOnClickOutside={false}
    >
      <CreateTokenForm onClose={onClose} />
    </Modal>
  );
}

function CreateTokenForm({ onClose }: { onClose: () => void }) {
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const [life, setLife] = useState('90');
  const [date, setDate] = useState('');
  const create = useMutation({
    mutationFn: () => createApiToken(name.trim(), endOf(life, date)),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: apiTokensKey }),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    create.mutate();
  };
  if (create.data !== undefined) {
    return (
      <Stack>
        <Text size="sm">Copy the token now. It is kept as a digest and cannot be shown again.</Text>
        <SecretField label="Token" value={create.data.token} />
        <Text size="sm" c="dimmed">
          Send it as <code>Authorization: Bearer …</code>
        </Text>
        <Group justify="flex-end">
          <Button onClick={onClose}>Done</Button>
        </Group>
      </Stack>
    );
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <ProblemAlert error={create.error} />
        <TextInput
          label="Name"
          description="What it is for, so that you know it again."
          placeholder="Nightly report"
          required
          maxLength={100}
          data-autofocus
          value={name}
          error={faultOf(create.error, 'name')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Select
          label="Expires"
          allowDeselect={false}
          data={LIVES}
          value={life}
          error={life === ON_DATE ? undefined : faultOf(create.error, 'expiresAt')}
          onChange={(value) => setLife(value ?? life)}
        />
        {life === ON_DATE && (
          <TextInput
            label="Last day"
            type="date"
            required
            min={dayText(serverNow())}
            value={date}
            error={faultOf(create.error, 'expiresAt')}
            onChange={(event) => setDate(event.currentTarget.value)}
          />
        )}
        {life === NEVER && (
          <Alert data-tone="amber">Whoever finds a token that never expires can use it until you revoke it.</Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            loading={create.isPending}
            disabled={name.trim() === '' || (life === ON_DATE && date === '')}
          >
            Create
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** When the token ends: after so many days, or with the end of a day on the person's own clock. */
function endOf(life: string, date: string): string | undefined {
  if (life === NEVER) return undefined;
  if (life === ON_DATE) return new Date(`${date}T23:59:59`).toISOString();
  return new Date(serverNow() + Number(life) * DAY_MS).toISOString();
}

function dayText(at: number): string {
  const day = new Date(at);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}
