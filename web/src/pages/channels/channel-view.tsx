import { Alert, Button, Group, Modal } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { IconAlertCircle, IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTenant } from '../../access/tenant-context';
import { channelsKey, deleteChannel, rotateSecret, testChannel, type Channel } from '../../api/channels';
import { messageOf } from '../../api/client';
import { ConfirmModal } from '../../ui/confirm-modal';
import { FieldList, type Field } from '../../ui/field-list';
import { PageHeader } from '../../ui/page-header';
import { Section } from '../../ui/section';
import { TimeAgo } from '../../ui/time-ago';
import { TimeUntil } from '../../ui/time-until';
import { ChannelForm, SecretShown } from './channel-form';
import { KIND_WORDS, outcomesText, targetOf } from './channel-words';

interface ChannelViewProps {
  channel: Channel;
  emailAvailable: boolean;
  isEditing: boolean;
  onEdit: (isEditing: boolean) => void;
}

type Asking = 'delete' | 'rotate' | null;

/** One channel with what can be done to it. */
export function ChannelView({ channel, emailAvailable, isEditing, onEdit }: ChannelViewProps) {
  const { tenantId } = useTenant();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const [asking, setAsking] = useState<Asking>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const refresh = (): Promise<void> => queryClient.invalidateQueries({ queryKey: channelsKey(tenantId) });
  const test = useMutation({
    mutationFn: () => testChannel(tenantId, channel.id),
    onSettled: refresh,
    onError: (error) => notifications.show({ color: 'red', title: 'Not tested', message: messageOf(error) }),
  });
  return (
    <>
      <PageHeader
        title={channel.name}
        parent={{ label: 'Notification channels', to: '/settings/channels' }}
        actions={
          <>
            <Button loading={test.isPending} onClick={() => test.mutate()}>
              Send a test
            </Button>
            <Button variant="default" onClick={() => onEdit(true)}>
              Edit
            </Button>
            {channel.kind === 'webhook' && (
              <Button variant="default" onClick={() => setAsking('rotate')}>
                New secret
              </Button>
            )}
            <Button variant="default" onClick={() => setAsking('delete')}>
              Delete
            </Button>
          </>
        }
      />
      {test.data !== undefined && (
        <Alert
          mb="md"
          data-tone={test.data.delivered ? 'green' : 'red'}
          icon={test.data.delivered ? <IconCircleCheck aria-hidden /> : <IconAlertCircle aria-hidden />}
          role="status"
          title={test.data.delivered ? 'The test was delivered' : 'The test was not delivered'}
        >
          {test.data.message}
          {test.data.status !== null && ` (status ${test.data.status})`}
        </Alert>
      )}
      <Section title="Channel">
        <FieldList fields={fieldsOf(channel)} />
      </Section>
      <Modal
        opened={isEditing}
        onClose={() => onEdit(false)}
        title="Edit channel"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <ChannelForm channel={channel} emailAvailable={emailAvailable} onClose={() => onEdit(false)} />
      </Modal>
      <Modal
        opened={secret !== null}
        onClose={() => setSecret(null)}
        title="New signing secret"
        closeButtonProps={{ 'aria-label': 'Close' }}
        closeOnClickOutside={false}
      >
        <SecretShown secret={secret ?? ''} onClose={() => setSecret(null)} />
      </Modal>
      <ConfirmModal
        opened={asking === 'rotate'}
        onClose={() => setAsking(null)}
        title="New signing secret"
        confirm="Make a new secret"
        action={async () => {
          setSecret((await rotateSecret(tenantId, channel.id)).secret);
          await refresh();
        }}
      >
        Messages are signed with both secrets for a day. Give the new one to the receiver in that time.
      </ConfirmModal>
      <ConfirmModal
        opened={asking === 'delete'}
        onClose={() => setAsking(null)}
        title="Delete channel"
        confirm="Delete"
        action={async () => {
          await deleteChannel(tenantId, channel.id);
          await navigate({ to: '/t/$tenantId/settings/channels', params: { tenantId } });
          await refresh();
        }}
      >
        <strong>{channel.name}</strong> is told nothing any more, and what waits for it is dropped. Its deliveries go
        with it.
      </ConfirmModal>
    </>
  );
}

function fieldsOf(channel: Channel): Field[] {
  const { kind, outcomes, enabled, createdByName, createdAt, previousSecretUntil } = channel;
  const fields: Field[] = [
    { label: 'Kind', value: KIND_WORDS[kind] },
    { label: kind === 'webhook' ? 'Address (origin only)' : 'Recipients', value: targetOf(channel) },
    { label: 'Told when a run ends as', value: outcomesText(outcomes) },
    { label: 'State', value: enabled ? 'On' : 'Off' },
    { label: 'Created by', value: createdByName },
    { label: 'Created', value: <TimeAgo at={createdAt} /> },
  ];
  if (previousSecretUntil !== null) {
    fields.push({
      label: 'Former secret',
      value: (
        <Group gap={4}>
          Signs too, ends <TimeUntil at={previousSecretUntil} />
        </Group>
      ),
    });
  }
  return fields;
}
