import { ActionIcon, Menu } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { IconDots, IconLink, IconMailOff, IconMailOpened } from '@tabler/icons-react';
import { useState } from 'react';
import { useTenant } from '../../access/tenant-context';
import { invitationsQuery, membersKey, revokeInvitation, type Invitation } from '../../api/members';
import { ConfirmModal } from '../../ui/confirm-modal';
import { DataTable, type Column } from '../../ui/data-table';
import { QueryView } from '../../ui/query-view';
import { Section } from '../../ui/section';
import { EmptyState } from '../../ui/states';
import { TimeAgo } from '../../ui/time-ago';
import { TimeUntil } from '../../ui/time-until';
import { RoleBadge } from './role-badge';

/** For owners: who was invited and has not come yet. */
export function InvitationSection({ onInviteAgain }: { onInviteAgain: (invitation: Invitation) => void }) {
  const { tenantId } = useTenant();
  const queryClient = useQueryClient();
  const invitations = useQuery(invitationsQuery(tenantId));
  const [revoking, setRevoking] = useState<Invitation | null>(null);
  const columns: Column<Invitation>[] = [
    {
      key: 'email',
      header: 'E-mail',
      isHeading: true,
      cell: ({ email, invitedByName }) => (
        <>
          {email}
          <div className="cell-note">Invited by {invitedByName}</div>
        </>
      ),
    },
    {
      key: 'role',
      header: 'Role',
      width: 210,
      cell: ({ role, expired, expiresAt }) => (
        <div>
          <RoleBadge role={role} />
          <div className="cell-note">
            {expired ? 'Expired' : 'Ends'} {expired ? <TimeAgo at={expiresAt} /> : <TimeUntil at={expiresAt} />}
          </div>
        </div>
      ),
    },
    {
      key: 'actions',
      header: 'Actions',
      width: 90,
      align: 'right',
      cell: (invitation) => (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={`Actions for the invitation of ${invitation.email}`}>
              <IconDots size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconLink size={16} aria-hidden />} onClick={() => onInviteAgain(invitation)}>
              Make a new link
            </Menu.Item>
            <Menu.Item leftSection={<IconMailOff size={16} aria-hidden />} onClick={() => setRevoking(invitation)}>
              Take back
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ),
    },
  ];
  return (
    <Section title="Open invitations" description="A link works once, for seven days." flush>
      <QueryView query={invitations}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon={<IconMailOpened size={26} />} title="No open invitation">
              Everybody who was invited has joined.
            </EmptyState>
          ) : (
            <DataTable caption="Open invitations, newest first" columns={columns} rows={items} keyOf={({ id }) => id} />
          )
        }
      </QueryView>
      <ConfirmModal
        opened={revoking !== null}
        onClose={() => setRevoking(null)}
        title="Take back the invitation"
        confirm="Take back"
        action={async () => {
          await revokeInvitation(tenantId, revoking?.id ?? '');
          await queryClient.invalidateQueries({ queryKey: membersKey(tenantId) });
        }}
      >
        The link that <strong>{revoking?.email}</strong> got stops working at once.
      </ConfirmModal>
    </Section>
  );
}
