import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconUserEdit, IconUserMinus } from '@tabler/icons-react';
import { may } from '#libs/access-model/src/permissions.js';
import { useTenant } from '../../access/tenant-context';
import type { Member } from '../../api/members';
import { DataTable, type Column } from '../../ui/data-table';
import { TimeAgo } from '../../ui/time-ago';
import { RoleBadge } from './role-badge';

interface MemberTableProps {
  members: readonly Member[];
  onChangeRole: (member: Member) => void;
  onRemove: (member: Member) => void;
}

export function MemberTable({ members, onChangeRole, onRemove }: MemberTableProps) {
  const { role, user } = useTenant();
  const manages = may(role, 'members:write');
  const columns: Column<Member>[] = [
    {
      key: 'name',
      header: 'Name',
      isHeading: true,
      cell: ({ name, email, userId }) => (
        <>
          {name}
          {userId === user.id && ' (you)'}
          {email !== null && <div className="cell-note">{email}</div>}
        </>
      ),
    },
    {
      key: 'role',
      header: 'Role',
      width: 210,
      cell: ({ role: held, addedAt }) => (
        <div>
          <RoleBadge role={held} />
          <div className="cell-note">
            Since <TimeAgo at={addedAt} />
          </div>
        </div>
      ),
    },
  ];
  if (manages) {
    columns.push({
      key: 'actions',
      header: 'Actions',
      width: 90,
      align: 'right',
      cell: (member) => (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={`Actions for ${member.name}`}>
              <IconDots size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconUserEdit size={16} aria-hidden />} onClick={() => onChangeRole(member)}>
              Change role
            </Menu.Item>
            <Menu.Item leftSection={<IconUserMinus size={16} aria-hidden />} onClick={() => onRemove(member)}>
              {member.userId === user.id ? 'Leave the tenant' : 'Remove from the tenant'}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ),
    });
  }
  return <DataTable caption="Members by name" columns={columns} rows={members} keyOf={({ userId }) => userId} />;
}
