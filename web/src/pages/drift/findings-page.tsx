import { Alert, Button, Group, Paper, SegmentedControl, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconArrowsDiff, IconChecks, IconCircleCheck, IconFilterOff } from '@tabler/icons-react';
import { useState } from 'react';
import { GuardedButton } from '../../access/guarded-button';
import { useTenant } from '../../access/tenant-context';
import { driftStatusQuery, findingsQuery, type DriftStatus } from '../../api/findings';
import { NextStepNote } from '../../first-run/next-step-note';
import { ActiveRunNote } from '../../runs/active-run-note';
import { limitOf, limitText } from '../../search-params';
import { countOf } from '../../ui/format';
import { PageHeader } from '../../ui/page-header';
import { Pager } from '../../ui/pager';
import { QueryView } from '../../ui/query-view';
import { RowLimit } from '../../ui/row-limit';
import { EmptyState } from '../../ui/states';
import { TimeAgo } from '../../ui/time-ago';
import { useRowKeys } from '../../ui/use-row-keys';
import { AcknowledgeModal } from './acknowledge-modal';
import { CompareSection } from './compare-section';
import { FindingFilterBar } from './finding-filter-bar';
import { FindingGroups } from './finding-groups';
import { FindingTable } from './finding-table';

const ROUTE = '/t/$tenantId/drift/findings';

export function FindingsPage() {
  const { tenantId } = useTenant();
  const search = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [acknowledging, dialog] = useDisclosure(false);
  const list = useRowKeys();

  const { cursor, group, limit: limitParam, baseline, current, ...filters } = search;
  const limit = limitOf(limitParam);
  const status = useQuery(driftStatusQuery(tenantId, { baselineRunId: baseline, currentRunId: current }));
  const findings = useQuery(findingsQuery(tenantId, { ...filters, cursor }, limit));

  const isFiltered = Object.values(filters).some((value) => value !== undefined);
  const ofOneComparison = search.baselineRunId !== undefined || search.currentRunId !== undefined;
  const go = (next: typeof search): void => {
    setSelected(new Set());
    void navigate({ search: next, resetScroll: false });
  };
  const view = { group, limit: limitParam, baseline, current };
  const filter = (change: Partial<typeof search>): void => go({ ...view, ...filters, ...change });
  const clear = (): void => go(view);
  const Findings = group === 'policy' ? FindingGroups : FindingTable;

  return (
    <>
      <PageHeader title="Drift" description="What changed in the tenant between two inventory syncs." />
      <NextStepNote here="drift" />
      <ActiveRunNote type="drift.generate" />
      <CompareSection
        runs={{ baselineRunId: baseline, currentRunId: current }}
        onRuns={(runs) =>
          void navigate({
            search: { ...search, baseline: runs.baselineRunId, current: runs.currentRunId },
            replace: true,
            resetScroll: false,
          })
        }
      />
      {ofOneComparison && (
        <Alert data-tone="blue" mb="md" py="xs">
          <Text size="sm" span>
            Only findings of one comparison are shown.{' '}
          </Text>
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={() => filter({ baselineRunId: undefined, currentRunId: undefined })}
          >
            Show all findings
          </Button>
        </Alert>
      )}
      <Paper className="section" ref={list}>
        <FindingFilterBar filters={filters} onFilter={filter} onClear={clear} />
        <Group justify="space-between" px="md" py="sm" gap="xs">
          <Group gap="sm">
            <GuardedButton
              size="sm"
              permission="drift:decide"
              blocked={selected.size === 0 ? 'Select findings that are new or reopened first.' : null}
              variant={selected.size === 0 ? 'default' : 'filled'}
              leftSection={<IconChecks size={16} aria-hidden />}
              onClick={dialog.open}
            >
              {selected.size === 0 ? 'Acknowledge' : `Acknowledge ${selected.size}`}
            </GuardedButton>
            <Text size="sm" c="dimmed" role="status">
              {selected.size > 0 && `${countOf(selected.size, 'finding')} selected`}
            </Text>
          </Group>
          <Group gap="sm">
            <SegmentedControl
              size="xs"
              aria-label="How findings are listed"
              data={[
                { value: 'none', label: 'One by one' },
                { value: 'policy', label: 'By policy' },
              ]}
              value={group === 'policy' ? 'policy' : 'none'}
              onChange={(value) =>
                void navigate({
                  search: { ...search, group: value === 'policy' ? value : undefined },
                  replace: true,
                  resetScroll: false,
                })
              }
            />
            <RowLimit limit={limit} onLimit={(next) => filter({ limit: limitText(next) })} />
          </Group>
        </Group>
        <QueryView query={findings}>
          {(page) => (
            <>
              {group === 'policy' && (cursor !== undefined || page.nextCursor !== null) && (
                <Text size="sm" c="dimmed" px="md" pb="xs">
                  Grouped within this page: a policy may have more findings on the others.
                </Text>
              )}
              {page.items.length > 0 ? (
                <Findings findings={page.items} selected={selected} onSelect={setSelected} />
              ) : isFiltered || cursor !== undefined ? (
                <EmptyState
                  icon={<IconFilterOff size={26} />}
                  title="No finding matches"
                  action={
                    <Button variant="default" onClick={clear}>
                      Clear filters
                    </Button>
                  }
                >
                  Nothing was found with these filters.
                </EmptyState>
              ) : (
                <NoFindings status={status.data} />
              )}
              <Pager cursor={cursor} nextCursor={page.nextCursor} onMove={(next) => filter({ cursor: next })} />
            </>
          )}
        </QueryView>
      </Paper>
      <AcknowledgeModal
        ids={[...selected]}
        opened={acknowledging}
        onClose={dialog.close}
        onDone={() => setSelected(new Set())}
      />
    </>
  );
}

/** Why there is no finding at all: nothing to compare, nothing compared, or nothing changed. */
function NoFindings({ status }: { status: DriftStatus | undefined }) {
  const compared = status?.lastComparison;
  if (status?.ready === false) {
    return (
      <EmptyState icon={<IconArrowsDiff size={26} />} title="Nothing to compare yet">
        Findings show here after the first comparison.
      </EmptyState>
    );
  }
  return compared?.newFindings == null ? (
    <EmptyState icon={<IconArrowsDiff size={26} />} title="No findings">
      No comparison has come to its end yet. Generate drift to compare two syncs.
    </EmptyState>
  ) : (
    <EmptyState icon={<IconCircleCheck size={26} />} title="Nothing has changed">
      Last compared <TimeAgo at={compared.at} />, without a difference. Run another sync when something may have
      changed, then compare again.
    </EmptyState>
  );
}
