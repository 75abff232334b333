import { Menu, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { IconKey, IconLogout, IconUserCircle } from '@tabler/icons-react';
import { useTenant } from '../access/tenant-context';
import { messageOf } from '../api/client';
import { signOut } from '../api/session';
import { AppLink } from '../ui/app-link';
import { ThemeItems } from './theme-choice';
import { useClickHandedOn } from './click-handed-on';
import { UserButton } from './user-button';

/** What concerns the signed-in person, opened as soon as it is there. */
export function AccountMenu() {
  const { tenantId, user, role, tenantName } = useTenant();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const button = useClickHandedOn();
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: async () => {
      await navigate({ to: '/sign-in' });
      queryClient.clear();
    },
    onError: (error) => notifications.show({ color: 'red', title: 'Not signed out', message: messageOf(error) }),
  });
  return (
    <Menu position="bottom-end" width={260} withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <UserButton ref={button} />
      </Menu.Target>
      <Menu.Dropdown>
        <div className="menu-text">
          <Text size="sm" fw={600} truncate>
            {user.name}
          </Text>
          <Text size="xs" c="dimmed" truncate>
            {user.email}
          </Text>
          <Text size="xs" c="dimmed" mt={4}>
            {role} in {tenantName}
          </Text>
        </div>
        <Menu.Divider />
        <ThemeItems />
        <Menu.Divider />
        <Menu.Item
          component={AppLink}
          href={`/t/${tenantId}/account/profile`}
          leftSection={<IconUserCircle size={16} aria-hidden />}
        >
          Profile
        </Menu.Item>
        <Menu.Item
          component={AppLink}
          href={`/t/${tenantId}/account/api-tokens`}
          leftSection={<IconKey size={16} aria-hidden />}
        >
          API tokens
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => leave.mutate()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
