import { Alert } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useTenant } from '../../access/tenant-context';
import type { ConnectionState } from '../../api/overview';
import { AppLink } from '../../ui/app-link';

/** Says that nothing can be read any more; a tenant that never was is led by its first steps. */
export function ConnectionNote({ connection, synced }: { connection: ConnectionState | null; synced: boolean }) {
  const { tenantId } = useTenant();
  const refused = connection?.tested?.works === false ? connection.tested : null;
  if (!synced || (connection !== null && refused === null)) return null;
  return (
    <Alert
      data-tone="red"
      icon={<IconPlugConnectedX aria-hidden />}
      title={refused === null ? 'The tenant is not connected any more' : refused.message}
    >
      {refused?.nextStep ?? 'What is shown here stays as it is until an owner connects it again.'}{' '}
      <AppLink href={`/t/${tenantId}/settings/graph-connection`} className="link">
        Graph connection
      </AppLink>
    </Alert>
  );
}
