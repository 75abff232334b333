import { Alert, Button, MultiSelect, Paper, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconArrowsDiff, IconFilterOff } from '@tabler/icons-react';
import { useState } from 'react';
import { GuardedButton } from '../../access/guarded-button';
import { useTenant } from '../../access/tenant-context';
import {
  driftStatusQuery,
  FINDING_KINDS,
  FINDING_SEVERITIES,
  FINDING_STATUSES,
  findingsQuery,
  generateDrift,
} from '../../api/findings';
import { ActiveRunNote } from '../../runs/active-run-note';
import { useStartRun } from '../../runs/use-start-run';
import { listOf, listText } from '../../search-params';
import { FilterBar } from '../../ui/filter-bar';
import { PageHeader } from '../../ui/page-header';
import { Pager } from '../../ui/pager';
import { QueryView } from '../../ui/query-view';
import { EmptyState } from '../../ui/states';
import { DriftStatusNote } from './drift-status-note';
import { FindingTable } from './finding-table';
import { KIND_WORDS, SEVERITY_LOOKS, STATUS_LOOKS } from './finding-words';
import { useAcknowledge } from './use-acknowledge';

const ROUTE = '/t/$tenantId/drift/findings';
const KINDS = FINDING_KINDS.map((value) => ({ value, label: KIND_WORDS[value] }));
const STATUSES = FINDING_STATUSES.map((value) => ({ value, label: STATUS_LOOKS[value].words }));
const SEVERITIES = FINDING_SEVERITIES.map((value) => ({ value, label: SEVERITY_LOOKS[value].words }));

export function FindingsPage() {
  const { tenantId } = useTenant();
  const search = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());

  const status = useQuery(driftStatusQuery(tenantId));
  const findings = useQuery(findingsQuery(tenantId, search));
  const generate = useStartRun(() => generateDrift(tenantId));
  const acknowledge = useAcknowledge(() => setSelected(new Set()));

  const { cursor, ...filters } = search;
  const isFiltered = Object.values(filters).some((value) => value !== undefined);
  const ofOneComparison = search.baselineRunId !== undefined || search.currentRunId !== undefined;
  const go = (next: typeof search): void => {
    setSelected(new Set());
    void navigate({ search: next });
  };
  const filter = (change: Partial<typeof search>): void => go({ ...filters, ...change });

  const generateButton = (
    <GuardedButton
      permission="drift:generate"
      blocked={status.data?.missing ?? null}
      loading={generate.isPending}
      leftSection={<IconArrowsDiff size={16} aria-hidden />}
      onClick={() => generate.mutate()}
    >
      Generate drift
    </GuardedButton>
  );

  const acknowledgeButton = (
    <GuardedButton
      permission="drift:decide"
      blocked={selected.size === 0 ? 'Select findings that are new or reopened first.' : null}
      variant="default"
      loading={acknowledge.isPending}
      onClick={() => acknowledge.mutate([...selected])}
    >
      {selected.size === 0 ? 'Acknowledge' : `Acknowledge ${selected.size}`}
    </GuardedButton>
  );

  return (
    <>
      <PageHeader
        title="Drift"
        description="What changed in the tenant between two inventory syncs."
        actions={generateButton}
      />
      <ActiveRunNote type="drift.generate" />
      {status.data !== undefined && <DriftStatusNote status={status.data} />}
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
      <Paper className="section">
        <FilterBar
          label="Filter findings"
          active={Object.values(filters).filter((value) => value !== undefined).length}
          onClear={() => go({})}
          actions={acknowledgeButton}
        >
          <MultiSelect
            label="Kind"
            placeholder={search.kind === undefined ? 'All' : undefined}
            data={KINDS}
            value={listOf(search.kind)}
            onChange={(values) => filter({ kind: listText(values) })}
            clearable
          />
          <MultiSelect
            label="Status"
            placeholder={search.status === undefined ? 'All' : undefined}
            data={STATUSES}
            value={listOf(search.status)}
            onChange={(values) => filter({ status: listText(values) })}
            clearable
          />
          <MultiSelect
            label="Severity"
            placeholder={search.severity === undefined ? 'All' : undefined}
            data={SEVERITIES}
            value={listOf(search.severity)}
            onChange={(values) => filter({ severity: listText(values) })}
            clearable
          />
        </FilterBar>
        <QueryView query={findings}>
          {(page) => (
            <>
              {page.items.length > 0 ? (
                <FindingTable findings={page.items} selected={selected} onSelect={setSelected} />
              ) : isFiltered || cursor !== undefined ? (
                <EmptyState
                  icon={<IconFilterOff size={26} />}
                  title="No finding matches"
                  action={
                    <Button variant="default" onClick={() => go({})}>
                      Clear filters
                    </Button>
                  }
                >
                  Nothing was found with these filters.
                </EmptyState>
              ) : (
                <EmptyState
                  icon={<IconArrowsDiff size={26} />}
                  title={status.data?.ready === false ? 'Nothing to compare yet' : 'No findings'}
                >
                  {status.data?.ready === false
                    ? 'Findings show here after the first comparison.'
                    : 'Either nothing changed, or drift was not generated yet. Generate it to compare the two newest syncs.'}
                </EmptyState>
              )}
              <Pager cursor={cursor} nextCursor={page.nextCursor} onMove={(next) => go({ ...filters, cursor: next })} />
            </>
          )}
        </QueryView>
      </Paper>
    </>
  );
}
