import { Alert, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useTenant } from '../../access/tenant-context';
import type { ComparableRun, DriftStatus } from '../../api/findings';
import { usePolicyTypes } from '../../inventory/use-policy-types';
import { AppLink } from '../../ui/app-link';
import { countOf } from '../../ui/format';
import { TimeAgo } from '../../ui/time-ago';

/** What "Generate" would compare now, what it would leave out, or why it cannot be used. */
export function DriftStatusNote({ status }: { status: DriftStatus }) {
  const { tenantId } = useTenant();
  const types = usePolicyTypes();
  if (!status.ready || status.baseline === null || status.current === null) {
    return (
      <Alert data-tone="amber" icon={<IconInfoCircle aria-hidden />} title="Drift cannot be generated yet" mb="md">
        {status.missing}{' '}
        <AppLink href={`/t/${tenantId}/inventory/policies`} className="link">
          Go to Inventory
        </AppLink>
      </Alert>
    );
  }
  return (
    <Text size="sm" c="dimmed" mb="md" component="div">
      Generating compares <SyncLink run={status.baseline} /> with <SyncLink run={status.current} />.
      {status.notCompared.length > 0 && (
        <details className="technical">
          <summary>{countOf(status.notCompared.length, 'policy type')} not compared</summary>
          <ul>
            {status.notCompared.map((each) => (
              <li key={`${each.type} ${each.reason}`}>
                <strong>{types.labelOf(each.type)}</strong>: {each.reason}
              </li>
            ))}
          </ul>
        </details>
      )}
    </Text>
  );
}

function SyncLink({ run }: { run: ComparableRun }) {
  const { tenantId } = useTenant();
  return (
    <>
      the{' '}
      <AppLink href={`/t/${tenantId}/inventory/sync-runs/${run.id}`} className="link">
        sync
      </AppLink>{' '}
      of <TimeAgo at={run.finishedAt} />
      {run.outcome === 'partially_succeeded' && ' (partially succeeded)'}
    </>
  );
}
