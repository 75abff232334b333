import { Text } from '@mantine/core';
import { IconArchive } from '@tabler/icons-react';
import { useTenant } from '../../access/tenant-context';
import type { BackupSummary } from '../../api/overview';
import { AppLink } from '../../ui/app-link';
import { numberText } from '../../ui/format';
import { TimeAgo } from '../../ui/time-ago';
import classes from './overview.module.css';
import { StatCard } from './stat-card';

export function BackupCard({ backups: { hasPolicies, lastComplete } }: { backups: BackupSummary }) {
  const { tenantId } = useTenant();
  const sets = `/t/${tenantId}/backup-sets`;
  return (
    <StatCard
      title="Last complete backup"
      Icon={IconArchive}
      tone={lastComplete === null ? (hasPolicies ? 'amber' : 'gray') : 'green'}
      figure={lastComplete === null ? 'None' : <TimeAgo at={lastComplete.takenAt} />}
      link={{ href: sets, label: 'Backup sets' }}
    >
      {lastComplete === null ? (
        <Text size="sm" c="dimmed">
          {hasPolicies
            ? 'Each set lacks a part of some policy. Add the policies to a new one after a sync that reads them whole.'
            : 'No policy has been put into a backup set yet.'}
        </Text>
      ) : (
        <>
          <AppLink href={`${sets}/${lastComplete.id}`} className={`link ${classes.clamped ?? ''}`}>
            {lastComplete.name}
          </AppLink>
          <Text size="sm" c="dimmed">
            {lastComplete.policies === 1
              ? '1 policy, read to the end.'
              : `${numberText(lastComplete.policies)} policies, each read to the end.`}
          </Text>
        </>
      )}
    </StatCard>
  );
}
