import { Text } from '@mantine/core';
import { useTenant } from '../../access/tenant-context';
import type { ComingTick } from '../../api/overview';
import { AppLink } from '../../ui/app-link';
import { Section } from '../../ui/section';
import { TimeUntil } from '../../ui/time-until';
import { ToneBadge } from '../../ui/tone-badge';
import classes from './overview.module.css';

export function NextSchedules({ schedules }: { schedules: readonly ComingTick[] }) {
  const { tenantId } = useTenant();
  return (
    <Section
      title="Next by schedule"
      actions={
        <AppLink href={`/t/${tenantId}/settings/schedules`} className="link-small">
          Schedules
        </AppLink>
      }
      flush
    >
      {schedules.length === 0 ? (
        <Text size="sm" c="dimmed" className={classes.nothing}>
          No schedule is on. A nightly sync with drift behind it finds changes without anybody asking.
        </Text>
      ) : (
        <ul className={classes.rows}>
          {schedules.map((tick) => (
            <li key={tick.scheduleId}>
              <div className={classes.rowHead}>
                <span className={classes.clamped}>{tick.name}</span>
                <Text size="sm" component="span" className="nowrap">
                  <TimeUntil at={tick.at} />
                </Text>
              </div>
              <div className={classes.rowHead}>
                <Text size="xs" c="dimmed">
                  {tick.label}
                </Text>
                {tick.lastRefused && <ToneBadge tone="amber">Started nothing last time</ToneBadge>}
              </div>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
