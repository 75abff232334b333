import { Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useTenant } from '../../access/tenant-context';
import type { LastSync } from '../../api/overview';
import { RunBadge } from '../../runs/run-badge';
import { countOf } from '../../ui/format';
import { TimeAgo } from '../../ui/time-ago';
import type { Tone } from '../../ui/tone';
import { COVERAGE_LOOKS } from '../inventory/coverage-looks';
import classes from './overview.module.css';
import { StatCard } from './stat-card';

const TONES: Record<LastSync['outcome'], Tone> = { succeeded: 'green', partially_succeeded: 'amber', failed: 'red' };
const STATES = ['read', 'partial', 'throttled', 'forbidden', 'failed', 'unsupported_licence'] as const;

export function LastSyncCard({ sync }: { sync: LastSync | null }) {
  const { tenantId } = useTenant();
  if (sync === null) {
    return (
      <StatCard
        title="Last sync"
        Icon={IconRefresh}
        tone="gray"
        figure="Never"
        link={{ href: `/t/${tenantId}/inventory/policies`, label: 'Inventory' }}
      >
        <Text size="sm" c="dimmed">
          Nothing of this tenant has been read yet.
        </Text>
      </StatCard>
    );
  }
  return (
    <StatCard
      title="Last sync"
      Icon={IconRefresh}
      tone={TONES[sync.outcome]}
      figure={<TimeAgo at={sync.finishedAt} />}
      link={{ href: `/t/${tenantId}/inventory/sync-runs/${sync.id}`, label: 'Coverage of this sync' }}
    >
      <div className={classes.badges}>
        <RunBadge run={{ status: 'completed', outcome: sync.outcome }} />
        <Text size="sm" c="dimmed">
          {sync.versionsWritten === 0 ? 'Nothing changed' : countOf(sync.versionsWritten, 'new version')}
        </Text>
      </div>
      <CoverageBar coverage={sync.coverage} />
      <Text size="sm" c="dimmed">
        {sync.coverage.words}
        {!sync.wholeTenant && ' It was to read a selection only.'}
      </Text>
    </StatCard>
  );
}

/** The sentence below it says the same. */
function CoverageBar({ coverage: { byState, types } }: { coverage: LastSync['coverage'] }) {
  if (types === 0) return null;
  return (
    <div className={classes.bar} aria-hidden>
      {STATES.filter((state) => byState[state] > 0).map((state) => (
        <span key={state} data-tone={COVERAGE_LOOKS[state].tone} style={{ flexGrow: byState[state] }} />
      ))}
    </div>
  );
}
