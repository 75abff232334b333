import { Alert } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { messageOf } from '../api/client';

/** Why something that a person did was refused; nothing while there is no error. */
export function ProblemAlert({ error }: { error: unknown }) {
  if (error === null || error === undefined) return null;
  return (
    <Alert data-tone="red" icon={<IconAlertCircle aria-hidden />} role="alert">
      {messageOf(error)}
    </Alert>
  );
}
