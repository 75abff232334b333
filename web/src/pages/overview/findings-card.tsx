import { Text } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import { useTenant } from '../../access/tenant-context';
import { FINDING_SEVERITIES, type FindingSeverity } from '../../api/findings';
import type { DriftSummary } from '../../api/overview';
import { AppLink } from '../../ui/app-link';
import { numberText } from '../../ui/format';
import { TimeAgo } from '../../ui/time-ago';
import type { Tone } from '../../ui/tone';
import { ToneBadge } from '../../ui/tone-badge';
import { SEVERITY_LOOKS } from '../drift/finding-words';
import classes from './overview.module.css';
import { StatCard } from './stat-card';

const OPEN = 'status=new,reopened';

export function FindingsCard({ drift }: { drift: DriftSummary }) {
  const { tenantId } = useTenant();
  const findings = `/t/${tenantId}/drift/findings`;
  const never = drift.lastComparison === null && drift.open === 0;
  return (
    <StatCard
      title="Open findings"
      Icon={IconArrowsDiff}
      tone={never ? 'gray' : toneOf(drift)}
      figure={never ? 'Unknown' : numberText(drift.open)}
      link={{
        href: drift.open > 0 ? `${findings}?${OPEN}` : findings,
        label: drift.open > 0 ? 'View open findings' : 'Drift',
      }}
    >
      {drift.open > 0 && (
        <div className={classes.badges}>
          {FINDING_SEVERITIES.filter((severity) => drift.openBySeverity[severity] > 0).map((severity) => (
            <SeverityLink
              key={severity}
              severity={severity}
              count={drift.openBySeverity[severity]}
              href={`${findings}?${OPEN}&severity=${severity}`}
            />
          ))}
        </div>
      )}
      <Text size="sm" c="dimmed" component="div">
        {drift.lastComparison === null ? (
          never ? (
            'Drift was never generated.'
          ) : (
            'The whole tenant was never compared.'
          )
        ) : (
          <>
            Last compared <TimeAgo at={drift.lastComparison.at} />
            {wordsOf(drift.lastComparison.newFindings)}
          </>
        )}
      </Text>
    </StatCard>
  );
}

function SeverityLink({ severity, count, href }: { severity: FindingSeverity; count: number; href: string }) {
  const { words, tone } = SEVERITY_LOOKS[severity];
  return (
    <AppLink
      href={href}
      className={classes.badgeLink}
      aria-label={`${numberText(count)} ${words.toLowerCase()} severity findings`}
    >
      <ToneBadge tone={tone}>{`${numberText(count)} ${words.toLowerCase()}`}</ToneBadge>
    </AppLink>
  );
}

function toneOf({ open, openBySeverity }: DriftSummary): Tone {
  if (open === 0) return 'green';
  return openBySeverity.high > 0 ? 'red' : openBySeverity.medium > 0 ? 'amber' : 'blue';
}

function wordsOf(newFindings: number | null): string {
  if (newFindings === null) return '; it did not come to its end.';
  return newFindings === 0 ? ', nothing new.' : `, ${numberText(newFindings)} new then.`;
}
