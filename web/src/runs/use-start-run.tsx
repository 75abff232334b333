import { Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useTenant } from '../access/tenant-context';
import { messageOf, Problem } from '../api/client';
import { notesKey } from '../api/notifications';
import { activeRunsQuery, runQuery, type Run, type StartedRun } from '../api/operations';
import { withStartedRun } from './run-lists';
import { percentOf } from './run-numbers';
import { followRun } from './watched-runs';

/**
 * Starts a run and says so: queued, already running and by whom, or why not. Each toast leads to the run.
 * @param start the API call of a feature page
 * @param onStarted called after an accepted start, for example to close a dialog
 */
export function useStartRun<V = void>(
  start: (input: V) => Promise<StartedRun>,
  onStarted?: () => void,
): UseMutationResult<StartedRun, Error, V> {
  const { tenantId } = useTenant();
  const queryClient = useQueryClient();
  const router = useRouter();
  const open = (run: Run): void => router.history.push(`/t/${run.tenantId}/operations/${run.id}`);

  return useMutation({
    mutationFn: start,
    onSuccess: async ({ run, created }) => {
      const { queryKey } = activeRunsQuery(tenantId);
      // An answer that was asked for before the start does not know the run and must not replace it.
      await queryClient.cancelQueries({ queryKey });
      const seen = queryClient.getQueryData(runQuery(tenantId, run.id).queryKey);
      queryClient.setQueryData(queryKey, (known) => withStartedRun(known, run, seen));
      void queryClient.invalidateQueries({ queryKey: notesKey });
      notifications.show({
        color: created ? 'atlas' : 'gray',
        title: created ? `${run.label} queued` : 'Already running',
        message: (
          <ToastBody text={created ? 'It goes on in the background.' : startedBy(run)} run={run} onView={open} />
        ),
      });
      if (!created) followRun(run.id);
      onStarted?.();
    },
    onError: (error) => {
      const run = error instanceof Problem ? runOf(error) : undefined;
      notifications.show({
        color: 'red',
        title: 'Not started',
        autoClose: 15_000,
        message: <ToastBody text={messageOf(error)} run={run} onView={open} />,
      });
    },
  });
}

function ToastBody({ text, run, onView }: { text: string; run: Run | undefined; onView: (run: Run) => void }) {
  return (
    <>
      <Text size="sm">{text}</Text>
      {run !== undefined && (
        <a
          href={`/t/${run.tenantId}/operations/${run.id}`}
          className="link-small"
          onClick={(event) => {
            event.preventDefault();
            onView(run);
          }}
        >
          View run
        </a>
      )}
    </>
  );
}

function startedBy(run: Run): string {
  const percent = percentOf(run.summaryCounts) ?? 0;
  // The space before the sign does not break.
  return `${run.label}, started by ${run.initiatorName}${percent === 0 ? '' : `, is at ${percent}\u00a0%`}.`;
}

/** The run that a refused start leaves behind: one that could not be handed to a worker is kept as failed. */
function runOf(problem: Problem): Run | undefined {
  const { run } = problem.body;
  return typeof run === 'object' && run !== null && 'id' in run && 'tenantId' in run ? (run as Run) : undefined;
}
