import { Paper } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { EmptyState } from '../../ui/states';

/** What a member sees who may not keep channels: their addresses and secrets are the owners'. */
export function NoChannelAccess({ reason }: { reason: string }) {
  return (
    <Paper className="section">
      <EmptyState icon={<IconLock size={26} />} title="No access">
        {reason}
      </EmptyState>
    </Paper>
  );
}
