import { Avatar } from '@mantine/core';
import type { ButtonHTMLAttributes, Ref } from 'react';
import { useTenant } from '../access/tenant-context';

/** The signed-in person. */
export function UserButton(props: ButtonHTMLAttributes<HTMLButtonElement> & { ref?: Ref<HTMLButtonElement> }) {
  const { user } = useTenant();
  return (
    <button {...props} type="button" className="user-button">
      <span className="visually-hidden">Account of {user.name}</span>
      <Avatar name={user.name} color="atlas" size={32} radius="xl" aria-hidden />
    </button>
  );
}
