import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTenant } from '../../access/tenant-context';
import { changeRole, membersKey, type Member } from '../../api/members';
import { meQuery } from '../../api/session';
import { ProblemAlert } from '../../ui/problem-alert';
import { RoleChoice } from './role-choice';

export function ChangeRoleModal({ member, onClose }: { member: Member | null; onClose: () => void }) {
  return (
    <Modal opened={member !== null} onClose={onClose} title="Change role" closeButtonProps={{ 'aria-label': 'Close' }}>
      {member !== null && <ChangeRoleForm member={member} onClose={onClose} />}
    </Modal>
  );
}

function ChangeRoleForm({ member, onClose }: { member: Member; onClose: () => void }) {
  const { tenantId, tenantName, user } = useTenant();
  const queryClient = useQueryClient();
  const [role, setRole] = useState(member.role);
  const isSelf = member.userId === user.id;
  const save = useMutation({
    mutationFn: () => changeRole(tenantId, member.userId, role),
    onSuccess: async () => {
      onClose();
      if (isSelf) await queryClient.invalidateQueries({ queryKey: meQuery.queryKey });
      await queryClient.invalidateQueries({ queryKey: membersKey(tenantId) });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <ProblemAlert error={save.error} />
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          What <strong>{member.name}</strong> may do in {tenantName}. It counts from the next click on.
        </Text>
        <RoleChoice value={role} onChange={setRole} />
        {isSelf && role !== member.role && (
          <Alert data-tone="amber">This is you. You cannot give yourself the role Owner back.</Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending} disabled={role === member.role}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
