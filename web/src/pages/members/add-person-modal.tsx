import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconMail } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import type { Role } from '#libs/access-model/src/permissions.js';
import { useTenant } from '../../access/tenant-context';
import { addPerson, membersKey, type AddedPerson } from '../../api/members';
import { faultOf } from '../../ui/fault-of';
import { absoluteTime } from '../../ui/format';
import { ProblemAlert } from '../../ui/problem-alert';
import { SecretField } from '../../ui/secret-field';
import { RoleChoice } from './role-choice';

interface AddPersonModalProps {
  opened: boolean;
  onClose: () => void;
  /** Whom to invite anew; undefined for a person who is to be named. */
  again?: { email: string; role: Role } | undefined;
}

export function AddPersonModal({ opened, onClose, again }: AddPersonModalProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={again === undefined ? 'Add a person' : 'New invitation link'}
      closeButtonProps={{ 'aria-label': 'Close' }}
      // A click beside the window must not lose a link that is shown once.
      closeOnClickOutside={false}
    >
      <AddPersonForm onClose={onClose} again={again} />
    </Modal>
  );
}

function AddPersonForm({ onClose, again }: Omit<AddPersonModalProps, 'opened'>) {
  const { tenantId, tenantName } = useTenant();
  const queryClient = useQueryClient();
  const [email, setEmail] = useState(again?.email ?? '');
  const [role, setRole] = useState<Role>(again?.role ?? 'Readonly');
  const add = useMutation({
    mutationFn: () => addPerson(tenantId, { email: email.trim(), role }),
    onSuccess: async ({ member }) => {
      await queryClient.invalidateQueries({ queryKey: membersKey(tenantId) });
      if (member === null) return;
      notifications.show({ color: 'atlas', title: `${member.name} is a member now`, message: `As ${member.role}.` });
      onClose();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    add.mutate();
  };
  if (add.data?.link != null) return <LinkShown added={add.data} onClose={onClose} />;
  return (
    <form onSubmit={submit}>
      <Stack>
        <ProblemAlert error={add.error} />
        {again !== undefined && (
          <Text size="sm">The link that was sent to this person before stops working when you make a new one.</Text>
        )}
        <TextInput
          label="E-mail"
          type="email"
          placeholder="name@company.com"
          required
          maxLength={254}
          data-autofocus
          readOnly={again !== undefined}
          value={email}
          error={faultOf(add.error, 'email')}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <RoleChoice value={role} onChange={setRole} />
        <Text size="sm" c="dimmed">
          The person gets a link that works once, for seven days. Who is a member of another tenant of yours is added to{' '}
          {tenantName} at once.
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={add.isPending} disabled={email.trim() === ''}>
            {again === undefined ? 'Add' : 'Make a new link'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function LinkShown({ added: { invitation, link, mail }, onClose }: { added: AddedPerson; onClose: () => void }) {
  return (
    <Stack>
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {mail === 'sent' ? (
          <>
            The link was sent to <strong>{invitation?.email}</strong>. You can also hand it over yourself.
          </>
        ) : (
          <>
            Send this link to <strong>{invitation?.email}</strong>.
          </>
        )}{' '}
        It is shown only now.
      </Text>
      {mail === 'failed' && (
        <Alert data-tone="amber" icon={<IconMail aria-hidden />} role="status">
          The mail could not be sent. Hand the link over yourself.
        </Alert>
      )}
      <SecretField label="Invitation link" value={link ?? ''} />
      {invitation !== null && (
        <Text size="sm" c="dimmed">
          It works once, until {absoluteTime(invitation.expiresAt)}. Whoever has it can join as {invitation.role}.
        </Text>
      )}
      <Group justify="flex-end">
        <Button onClick={onClose}>Done</Button>
      </Group>
    </Stack>
  );
}
