import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTenant } from '../../access/tenant-context';
import { activeRunsQuery, type Run } from '../../api/operations';
import { RunBadge } from '../../runs/run-badge';
import { countsText } from '../../runs/run-numbers';
import { RunProgress } from '../../runs/run-progress';
import { AppLink } from '../../ui/app-link';
import { countOf } from '../../ui/format';
import { Section } from '../../ui/section';
import classes from './overview.module.css';

const SHOWN = 4;

export function RunningNow() {
  const { tenantId } = useTenant();
  const runs = useQuery(activeRunsQuery(tenantId)).data?.items ?? [];
  return (
    <Section
      title="Running now"
      actions={
        <AppLink href={`/t/${tenantId}/operations`} className="link-small">
          Operations
        </AppLink>
      }
      flush
    >
      {runs.length === 0 ? (
        <Text size="sm" c="dimmed" className={classes.nothing}>
          Nothing is queued or running.
        </Text>
      ) : (
        <ul className={classes.rows}>
          {runs.slice(0, SHOWN).map((run) => (
            <li key={run.id}>
              <RunRow run={run} />
            </li>
          ))}
        </ul>
      )}
      {runs.length > SHOWN && (
        <Text size="sm" px="md" pb="sm">
          <AppLink href={`/t/${tenantId}/operations?bucket=queued,running`} className="link">
            {countOf(runs.length - SHOWN, 'more operation')}
          </AppLink>
        </Text>
      )}
    </Section>
  );
}

function RunRow({ run }: { run: Run }) {
  return (
    <>
      <div className={classes.rowHead}>
        <AppLink href={`/t/${run.tenantId}/operations/${run.id}`} className={`link ${classes.clamped ?? ''}`}>
          {run.label}
          {run.subject?.name != null && ` · ${run.subject.name}`}
        </AppLink>
        <RunBadge run={run} />
      </div>
      <RunProgress run={run} />
      <Text size="xs" c="dimmed" mt={4}>
        {countsText(run.summaryCounts) || 'Not counted yet'} · started by {run.initiatorName}
      </Text>
    </>
  );
}
