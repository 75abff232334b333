import { Table } from '@mantine/core';
import { IconHeartOff } from '@tabler/icons-react';
import type { FocusEvent, Ref } from 'react';
import { useTenant } from '../../access/tenant-context';
import { isActive, type Run } from '../../api/operations';
import { RunBadge } from '../../runs/run-badge';
import { RunDuration } from '../../runs/run-duration';
import { countsText } from '../../runs/run-numbers';
import { RunProgress } from '../../runs/run-progress';
import { silenceOf } from '../../runs/run-silence';
import { AppLink } from '../../ui/app-link';
import { absoluteTime, durationText } from '../../ui/format';
import { TimeAgo } from '../../ui/time-ago';
import { useNow } from '../../ui/use-now';
import styles from './operations.module.css';
import { SubjectName } from './subject-name';

interface RunTableProps {
  runs: readonly Run[];
  gone: ReadonlySet<string>;
  ref: Ref<HTMLTableElement>;
  onHold: () => void;
  onRelease: () => void;
}

/** The operations in view. Its rows keep their places while a pointer or the focus is among them. */
export function RunTable({ runs, gone, ref, onHold, onRelease }: RunTableProps) {
  const leave = (event: FocusEvent): void => {
    if (!event.currentTarget.contains(event.relatedTarget)) onRelease();
  };
  return (
    <div className={styles.list}>
      <Table
        ref={ref}
        className={`data-table ${styles.table}`}
        highlightOnHover
        verticalSpacing="sm"
        horizontalSpacing="md"
        onPointerOver={onHold}
        onPointerLeave={(event) => {
          if (!event.currentTarget.contains(document.activeElement)) onRelease();
        }}
        onFocus={onHold}
        onBlur={leave}
      >
        <caption className="visually-hidden">Operations, newest first</caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col" w={220}>
              Status
            </Table.Th>
            <Table.Th scope="col">Operation</Table.Th>
            <Table.Th scope="col" w="15%">
              Initiator
            </Table.Th>
            <Table.Th scope="col" w={190}>
              Items
            </Table.Th>
            <Table.Th scope="col" w={140} aria-sort="descending">
              Started
            </Table.Th>
            <Table.Th scope="col" w={120} data-align="right">
              Duration
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {runs.map((run) => (
            <RunRow key={run.id} run={run} isGone={gone.has(run.id)} />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function RunRow({ run, isGone }: { run: Run; isGone: boolean }) {
  const { tenantId } = useTenant();
  const counts = countsText(run.summaryCounts);
  return (
    <Table.Tr className={styles.row} data-gone={isGone}>
      <Table.Td data-label="Status">
        <div>
          <RunBadge run={run} />
          {isActive(run) && <Waiting run={run} />}
        </div>
      </Table.Td>
      <Table.Th scope="row" className="row-heading">
        <AppLink href={`/t/${tenantId}/operations/${run.id}`} className="link" data-run={run.id}>
          {run.label}
        </AppLink>
        <div className={`cell-note ${styles.subject}`} title={run.subject?.name ?? undefined}>
          Run {run.id}
          {run.subject?.name != null && (
            <>
              {' · '}
              <SubjectName run={run} />
            </>
          )}
        </div>
      </Table.Th>
      <Table.Td data-label="Initiator">{run.initiatorName}</Table.Td>
      <Table.Td data-label="Items">
        <div>
          <span className="numbers">{counts === '' ? '–' : counts}</span>
          {run.status === 'running' && (
            <div className={styles.progress}>
              <RunProgress run={run} />
            </div>
          )}
        </div>
      </Table.Td>
      <Table.Td data-label="Started">{run.startedAt === null ? 'Not yet' : <TimeAgo at={run.startedAt} />}</Table.Td>
      <Table.Td data-label="Duration" data-align="right">
        <RunDuration run={run} />
      </Table.Td>
    </Table.Tr>
  );
}

/** What an active run waits for, where that is worth a word. */
function Waiting({ run }: { run: Run }) {
  const silence = silenceOf(run, useNow());
  if (run.heldUntil !== null) {
    return <div className="cell-note">Waits for a person until {absoluteTime(run.heldUntil)}</div>;
  }
  if (silence !== null) {
    return (
      <div className={styles.silent}>
        <IconHeartOff size={14} aria-hidden />
        No heartbeat for {durationText(silence)}
      </div>
    );
  }
  return run.cancelRequestedAt === null ? null : <div className="cell-note">Cancel requested</div>;
}
