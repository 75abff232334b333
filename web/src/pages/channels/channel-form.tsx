import { Button, Checkbox, Group, Radio, Stack, Switch, TagsInput, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTenant } from '../../access/tenant-context';
import {
  changeChannel,
  channelsKey,
  createChannel,
  type Channel,
  type ChannelKind,
  type WantedOutcome,
} from '../../api/channels';
import { Problem } from '../../api/client';
import { faultOf } from '../../ui/fault-of';
import { ProblemAlert } from '../../ui/problem-alert';
import { SecretField } from '../../ui/secret-field';
import { KIND_WORDS, OUTCOMES, OUTCOME_WORDS } from './channel-words';

interface ChannelFormProps {
  /** Undefined for a new one. */
  channel: Channel | undefined;
  emailAvailable: boolean;
  onClose: () => void;
}

export function ChannelForm({ channel, emailAvailable, onClose }: ChannelFormProps) {
  const { tenantId } = useTenant();
  const queryClient = useQueryClient();
  const [kind, setKind] = useState<ChannelKind>(channel?.kind ?? 'webhook');
  const [name, setName] = useState(channel?.name ?? '');
  const [url, setUrl] = useState('');
  const [recipients, setRecipients] = useState(channel?.recipients ?? []);
  const [outcomes, setOutcomes] = useState<WantedOutcome[]>(channel?.outcomes ?? ['failed', 'partially_succeeded']);
  const [enabled, setEnabled] = useState(channel?.enabled ?? true);
  const given = {
    name: name.trim(),
    outcomes,
    enabled,
    ...(kind === 'email' ? { recipients } : url.trim() === '' ? {} : { url: url.trim() }),
  };
  const save = useMutation({
    mutationFn: async (): Promise<string | null> => {
      if (channel === undefined) return (await createChannel(tenantId, kind, given)).secret;
      await changeChannel(tenantId, channel.id, given);
      return null;
    },
    onSuccess: async (secret) => {
      await queryClient.invalidateQueries({ queryKey: channelsKey(tenantId) });
      if (secret === null) onClose();
    },
  });
  if (save.data != null) return <SecretShown secret={save.data} onClose={onClose} />;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate();
  };
  const isWhole =
    given.name !== '' &&
    outcomes.length > 0 &&
    (kind === 'email' ? recipients.length > 0 : channel !== undefined || url.trim() !== '');

  return (
    <form onSubmit={submit}>
      <Stack>
        <ProblemAlert error={save.error} />
        {channel === undefined && (
          <Radio.Group label="Kind" value={kind} onChange={(value) => setKind(value)}>
            <Group mt={6}>
              <Radio value="webhook" label={KIND_WORDS.webhook} />
              <Radio
                value="email"
                label={KIND_WORDS.email}
                disabled={!emailAvailable}
                description={emailAvailable ? undefined : 'This installation sends no mail.'}
              />
            </Group>
          </Radio.Group>
        )}
        <TextInput
          label="Name"
          required
          maxLength={100}
          data-autofocus
          value={name}
          error={faultOf(save.error, 'name')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {kind === 'webhook' ? (
          <TextInput
            label="URL"
            type="url"
            description={
              channel === undefined
                ? 'https, on port 443 or 8443. It is kept encrypted; only its origin is shown later.'
                : `Now ${channel.url ?? ''}… Leave it empty to keep it.`
            }
            placeholder="https://example.com/hooks/…"
            required={channel === undefined}
            maxLength={2_000}
            value={url}
            error={faultOf(save.error, 'url')}
            onChange={(event) => setUrl(event.currentTarget.value)}
          />
        ) : (
          <TagsInput
            label="Recipients"
            description="One to twenty addresses; Enter adds one."
            required
            maxTags={20}
            splitChars={[',', ';', ' ']}
            acceptValueOnBlur
            value={recipients}
            error={recipientFault(save.error)}
            onChange={setRecipients}
          />
        )}
        <Checkbox.Group
          label="Told when a run ends as"
          value={outcomes}
          error={faultOf(save.error, 'outcomes')}
          onChange={(values) => setOutcomes(chosen(outcomes, values))}
        >
          <Group mt={6} gap="md">
            {OUTCOMES.map((outcome) => (
              <Checkbox key={outcome} value={outcome} label={OUTCOME_WORDS[outcome]} />
            ))}
          </Group>
        </Checkbox.Group>
        <Switch label="On" checked={enabled} onChange={(event) => setEnabled(event.currentTarget.checked)} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending} disabled={!isWhole}>
            {channel === undefined ? 'Create' : 'Save'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

export function SecretShown({ secret, onClose }: { secret: string; onClose: () => void }) {
  return (
    <Stack>
      <Text size="sm">
        Copy the signing secret now; it is not shown again. The receiver checks with it that a message is from here, as
        the Standard Webhooks specification says.
      </Text>
      <SecretField label="Signing secret" value={secret} />
      <Group justify="flex-end">
        <Button onClick={onClose}>Done</Button>
      </Group>
    </Stack>
  );
}

/** “Every end” stands for itself alone: choosing it drops the others, and choosing another drops it. */
function chosen(before: readonly WantedOutcome[], after: WantedOutcome[]): WantedOutcome[] {
  if (!after.includes('all')) return after;
  return before.includes('all') ? after.filter((outcome) => outcome !== 'all') : ['all'];
}

/** The server names each address by its place, so any fault of one counts. */
function recipientFault(error: unknown): string | undefined {
  if (!(error instanceof Problem)) return undefined;
  const message = error.fields.find(({ field }) => field.startsWith('recipients'))?.message;
  return message === undefined ? undefined : message.charAt(0).toUpperCase() + message.slice(1);
}
