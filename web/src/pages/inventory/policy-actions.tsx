import { useDisclosure } from '@mantine/hooks';
import { IconArchive, IconDownload } from '@tabler/icons-react';
import { GuardedButton } from '../../access/guarded-button';
import { useTenant } from '../../access/tenant-context';
import { startExport } from '../../api/interchange';
import type { Policy } from '../../api/policies';
import { useStartRun } from '../../runs/use-start-run';
import { AddToSetModal } from './add-to-set-modal';

/** What can be done with one policy. */
export function PolicyActions({ policy }: { policy: Policy }) {
  const { tenantId } = useTenant();
  const [opened, dialog] = useDisclosure(false);
  const exporting = useStartRun(() => startExport(tenantId, { policyIds: [policy.id], layout: 'intuneManagement' }));
  const gone = policy.removedAt === null ? null : 'The policy is not in the tenant any more.';
  return (
    <>
      <GuardedButton
        permission="inventory:export"
        variant="default"
        blocked={gone}
        loading={exporting.isPending}
        leftSection={<IconDownload size={16} aria-hidden />}
        onClick={() => exporting.mutate()}
      >
        Export
      </GuardedButton>
      <GuardedButton
        permission="backup-sets:write"
        variant="default"
        blocked={gone}
        leftSection={<IconArchive size={16} aria-hidden />}
        onClick={dialog.open}
      >
        Add to backup set
      </GuardedButton>
      <AddToSetModal policyIds={[policy.id]} opened={opened} onClose={dialog.close} />
    </>
  );
}
