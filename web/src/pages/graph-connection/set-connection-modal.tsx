import { Alert, Button, Group, Modal, Radio, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconAlertCircle } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useTenant } from '../../access/tenant-context';
import { messageOf, Problem } from '../../api/client';
import { setConnection, type CredentialKind, type GivenConnection } from '../../api/graph-connection';
import { tenantKey } from '../../api/keys';
import { CredentialFields, type TypedCredential } from './credential-fields';
import { CREDENTIAL_WORDS } from './credential-words';

type Place = 'here' | 'environment';

const NOTHING: TypedCredential = { secret: '', certificatePem: '', privateKeyPem: '', environmentVariable: '' };

interface SetConnectionModalProps {
  opened: boolean;
  onClose: () => void;
  /** Whether there is a connection, which goes with the new one. */
  replaces: boolean;
}

export function SetConnectionModal({ opened, onClose, replaces }: SetConnectionModalProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="lg"
      title={replaces ? 'Replace the connection' : 'Connect the tenant'}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <SetConnectionForm onClose={onClose} replaces={replaces} />
    </Modal>
  );
}

function SetConnectionForm({ onClose, replaces }: Omit<SetConnectionModalProps, 'opened'>) {
  const { tenantId } = useTenant();
  const queryClient = useQueryClient();
  const [clientId, setClientId] = useState('');
  const [kind, setKind] = useState<CredentialKind>('secret');
  const [place, setPlace] = useState<Place>('here');
  const [typed, setTyped] = useState(NOTHING);
  const save = useMutation({
    mutationFn: () => setConnection(tenantId, givenOf(clientId.trim(), kind, place, typed)),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: tenantKey(tenantId) });
      notifications.show({ color: 'atlas', title: 'Connection saved', message: 'Test it to see whether it works.' });
      onClose();
    },
  });
  const faultOf = (field: string): string | undefined =>
    save.error instanceof Problem ? save.error.fields.find((fault) => fault.field === field)?.message : undefined;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate();
  };

  return (
    <form onSubmit={submit} autoComplete="off">
      <Stack>
        {save.isError && (
          <Alert data-tone="red" icon={<IconAlertCircle aria-hidden />} role="alert">
            {messageOf(save.error)}
          </Alert>
        )}
        {replaces && <Alert data-tone="amber">The present credential is deleted when this one is saved.</Alert>}
        <TextInput
          label="Client id"
          description="The application (client) id of the app registration."
          required
          data-autofocus
          maxLength={64}
          value={clientId}
          error={faultOf('clientId')}
          onChange={(event) => setClientId(event.currentTarget.value)}
        />
        <Radio.Group label="Signs in with" value={kind} onChange={(value) => setKind(value)}>
          <Group mt={6}>
            <Radio value="secret" label={CREDENTIAL_WORDS.secret} />
            <Radio value="certificate" label={CREDENTIAL_WORDS.certificate} />
          </Group>
        </Radio.Group>
        <Radio.Group label="Where it is" value={place} onChange={(value) => setPlace(value)}>
          <Group mt={6}>
            <Radio value="here" label="Enter it here" />
            <Radio value="environment" label="In an environment variable" />
          </Group>
        </Radio.Group>
        <CredentialFields
          kind={kind}
          isInEnvironment={place === 'environment'}
          typed={typed}
          faultOf={faultOf}
          onType={(change) => setTyped({ ...typed, ...change })}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function givenOf(clientId: string, kind: CredentialKind, place: Place, typed: TypedCredential): GivenConnection {
  const { secret, certificatePem, privateKeyPem, environmentVariable } = typed;
  if (place === 'environment') return { clientId, kind, environmentVariable: environmentVariable.trim() };
  return kind === 'secret' ? { clientId, kind, secret } : { clientId, kind, certificatePem, privateKeyPem };
}
