import { Button, Tooltip, VisuallyHidden, type ButtonProps } from '@mantine/core';
import { useId, type MouseEvent, type ReactNode } from 'react';
import type { Permission } from '#libs/access-model/src/permissions.js';
import { denialOf, useTenant } from './tenant-context';

interface GuardedButtonProps extends Omit<ButtonProps, 'disabled'> {
  permission: Permission;
  /** Why it cannot be used now for a reason other than the role; null or left out when it can. */
  blocked?: string | null;
  onClick: () => void;
  type?: 'button' | 'submit';
  children: ReactNode;
}

/**
 * A button that stays in reach of keyboard and screen reader when it cannot be used, so that its reason can be read.
 * The role's reason comes first.
 */
export function GuardedButton({ permission, blocked = null, onClick, children, ...rest }: GuardedButtonProps) {
  const access = useTenant();
  const reasonId = useId();
  const reason = denialOf(access, permission) ?? blocked;
  const handle = (event: MouseEvent): void => {
    if (reason === null) onClick();
    else event.preventDefault();
  };
  return (
    <Tooltip label={reason} disabled={reason === null}>
      <Button
        {...rest}
        onClick={handle}
        {...(reason === null ? {} : { 'data-disabled': true, 'aria-disabled': true, 'aria-describedby': reasonId })}
      >
        {children}
        {reason !== null && (
          <VisuallyHidden id={reasonId} aria-hidden>
            {reason}
          </VisuallyHidden>
        )}
      </Button>
    </Tooltip>
  );
}
