import { IconHeartOff } from '@tabler/icons-react';
import type { FocusEvent, Ref } from 'react';
import { useTenant } from '../../access/tenant-context';
import { isActive, type Run } from '../../api/operations';
import { RunBadge } from '../../runs/run-badge';
import { RunDuration } from '../../runs/run-duration';
import { countsText } from '../../runs/run-numbers';
import { RunProgress } from '../../runs/run-progress';
import { silenceOf } from '../../runs/run-silence';
import { useScreenfulFirst } from '../../ui/after-first-paint';
import { AppLink } from '../../ui/app-link';
import { absoluteTime, durationText } from '../../ui/format';
import { TimeAgo } from '../../ui/time-ago';
import { useOfNow } from '../../ui/use-now';
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
  const shown = useScreenfulFirst(runs);
  const leave = (event: FocusEvent): void => {
    if (!event.currentTarget.contains(event.relatedTarget)) onRelease();
  };
  return (
    <div className={styles.list}>
      <table
        ref={ref}
        className={`data-table ${styles.table}`}
        onPointerOver={onHold}
        onPointerLeave={(event) => {
          if (!event.currentTarget.contains(document.activeElement)) onRelease();
        }}
        onFocus={onHold}
        onBlur={leave}
      >
        <caption className="visually-hidden">Operations, newest first</caption>
        <thead>
          <tr>
            <th scope="col" style={{ width: 220 }}>
              Status
            </th>
            <th scope="col">Operation</th>
            <th scope="col" style={{ width: '15%' }}>
              Initiator
            </th>
            <th scope="col" style={{ width: 190 }}>
              Items
            </th>
            <th scope="col" style={{ width: 140 }} aria-sort="descending">
              Started
            </th>
            <th scope="col" style={{ width: 120 }} data-align="right">
              Duration
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((run) => (
            <RunRow key={run.id} run={run} isGone={gone.has(run.id)} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function RunRow({ run, isGone }: { run: Run; isGone: boolean }) {
  const { tenantId } = useTenant();
  const counts = countsText(run.summaryCounts);
  return (
    <tr className={styles.row} data-gone={isGone}>
      <td data-label="Status">
        <div>
          <RunBadge run={run} />
          {isActive(run) && <Waiting run={run} />}
        </div>
      </td>
      <th scope="row" className="row-heading">
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
      </th>
      <td data-label="Initiator">{run.initiatorName}</td>
      <td data-label="Items">
        <div>
          <span className="numbers">{counts === '' ? '–' : counts}</span>
          {run.status === 'running' && (
            <div className={styles.progress}>
              <RunProgress run={run} isStill />
            </div>
          )}
        </div>
      </td>
      <td data-label="Started">{run.startedAt === null ? 'Not yet' : <TimeAgo at={run.startedAt} />}</td>
      <td data-label="Duration" data-align="right">
        <RunDuration run={run} />
      </td>
    </tr>
  );
}

/** What an active run waits for, where that is worth a word. */
function Waiting({ run }: { run: Run }) {
  const silence = useOfNow((now) => silenceOf(run, now));
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
