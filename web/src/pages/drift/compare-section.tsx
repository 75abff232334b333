import { Alert, NativeSelect, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconArrowsDiff, IconInfoCircle } from '@tabler/icons-react';
import { GuardedButton } from '../../access/guarded-button';
import { useTenant } from '../../access/tenant-context';
import { driftStatusQuery, generateDrift, type ComparedRuns, type DriftStatus } from '../../api/findings';
import { syncRunsQuery, type SyncRun } from '../../api/sync-runs';
import { useStartRun } from '../../runs/use-start-run';
import { AppLink } from '../../ui/app-link';
import { absoluteTime } from '../../ui/format';
import { Section } from '../../ui/section';
import { NotCompared } from './not-compared';

interface CompareSectionProps {
  runs: ComparedRuns;
  onRuns: (runs: ComparedRuns) => void;
}

/** Which two syncs are compared, what that leaves out, and the start of the comparison; or what is missing for one. */
export function CompareSection({ runs, onRuns }: CompareSectionProps) {
  const { tenantId } = useTenant();
  const status = useQuery(driftStatusQuery(tenantId, runs));
  const syncs = useQuery(syncRunsQuery(tenantId)).data?.items ?? [];
  const generate = useStartRun(() => generateDrift(tenantId, runs));
  const { data } = status;
  if (data !== undefined && !data.ready) return <NotReady status={data} />;
  const usable = syncs.filter((sync) => sync.scopeKey === data?.scopeKey && isComparable(sync));
  const current = data?.current?.id;
  const baseline = data?.baseline?.id;
  return (
    <Section
      title="Compare two syncs"
      description="What differs between them becomes findings; known ones are not made twice."
    >
      <div className="form-row">
        <div className="filters filters-wide">
          <RunSelect
            label="Baseline"
            syncs={usable.filter(({ id }) => current === undefined || isOlder(id, current))}
            value={baseline}
            onPick={(id) => onRuns({ ...runs, baselineRunId: id })}
          />
          <RunSelect
            label="Current"
            syncs={usable.filter((_, at) => at < usable.length - 1)}
            value={current}
            // A baseline that is not older any more is chosen anew.
            onPick={(id) =>
              onRuns({
                currentRunId: id,
                ...(runs.baselineRunId !== undefined && isOlder(runs.baselineRunId, id)
                  ? { baselineRunId: runs.baselineRunId }
                  : {}),
              })
            }
          />
        </div>
        <GuardedButton
          permission="drift:generate"
          blocked={data === undefined ? 'Reading which syncs there are.' : null}
          loading={generate.isPending}
          leftSection={<IconArrowsDiff size={16} aria-hidden />}
          onClick={() => generate.mutate()}
        >
          Generate drift
        </GuardedButton>
      </div>
      {status.isError && (
        <Text size="sm" c="red" mt="xs" role="alert">
          {status.error.message}
        </Text>
      )}
      {data !== undefined && <NotCompared rows={data.notCompared} />}
    </Section>
  );
}

function NotReady({ status }: { status: DriftStatus }) {
  const { tenantId } = useTenant();
  // Before the first sync, the page's next step says what to do.
  if (status.current === null) return null;
  return (
    <Alert data-tone="amber" icon={<IconInfoCircle aria-hidden />} title="Drift cannot be generated yet" mb="md">
      {status.missing}{' '}
      <AppLink href={`/t/${tenantId}/inventory/policies`} className="link">
        Go to Inventory
      </AppLink>
    </Alert>
  );
}

interface RunSelectProps {
  label: string;
  syncs: readonly SyncRun[];
  value: string | undefined;
  onPick: (id: string) => void;
}

function RunSelect({ label, syncs, value, onPick }: RunSelectProps) {
  const options = syncs.map((sync) => ({ value: sync.id, label: syncLabel(sync) }));
  // One that is older than those listed stays chosen.
  const isListed = value === undefined || syncs.some(({ id }) => id === value);
  return (
    <NativeSelect
      label={label}
      data={isListed ? options : [...options, { value, label: `Sync ${value}` }]}
      value={value ?? ''}
      onChange={(event) => onPick(event.currentTarget.value)}
    />
  );
}

function syncLabel({ id, finishedAt, outcome }: SyncRun): string {
  const when = finishedAt === null ? '' : `, ${absoluteTime(finishedAt)}`;
  return `Sync ${id}${when}${outcome === 'partially_succeeded' ? ' (partly read)' : ''}`;
}

function isComparable({ outcome }: SyncRun): boolean {
  return outcome === 'succeeded' || outcome === 'partially_succeeded';
}

/** Ids grow with time. */
function isOlder(id: string, than: string): boolean {
  return BigInt(id) < BigInt(than);
}
