import { IconRefresh } from '@tabler/icons-react';
import { GuardedButton } from '../access/guarded-button';
import { useTenant } from '../access/tenant-context';
import { startSync } from '../api/sync-runs';
import { useStartRun } from '../runs/use-start-run';
import { useMissingConnection } from './use-missing-connection';

/** Starts a sync of the whole tenant, or says why nobody can yet; one that runs already is told of by the start itself. */
export function RunSyncButton({ variant = 'filled' }: { variant?: 'filled' | 'default' }) {
  const { tenantId } = useTenant();
  const missing = useMissingConnection();
  const start = useStartRun(() => startSync(tenantId));
  return (
    <GuardedButton
      permission="inventory:sync"
      blocked={missing}
      variant={variant}
      loading={start.isPending}
      leftSection={<IconRefresh size={16} aria-hidden />}
      onClick={() => start.mutate()}
    >
      Run sync
    </GuardedButton>
  );
}
