import { VisuallyHidden } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTenant } from '../access/tenant-context';
import { tenantKey } from '../api/keys';
import { notesKey } from '../api/notifications';
import { activeRunsQuery, isActive, runQuery, type Run } from '../api/operations';
import { addActiveRun } from './active-runs';
import { BUCKET_WORDS, bucketOf } from './run-bucket';

/**
 * Watches the tenant's active runs on every page. When one ends, what is on the screen is read again and the end is
 * announced to assistive technology.
 */
export function RunWatch() {
  const { tenantId } = useTenant();
  const queryClient = useQueryClient();
  const active = useQuery(activeRunsQuery(tenantId)).data?.items;
  const before = useRef<readonly Run[]>([]);
  const [announcement, setAnnouncement] = useState('');

  useEffect(() => {
    if (active === undefined) return;
    const gone = before.current.filter((run) => run.tenantId === tenantId && !active.some(({ id }) => id === run.id));
    before.current = active;

    const settle = async (id: string): Promise<void> => {
      const run = await queryClient.fetchQuery({ ...runQuery(tenantId, id), staleTime: 0 });
      if (isActive(run)) {
        // The list was older than the run; watch on.
        queryClient.setQueryData(activeRunsQuery(tenantId).queryKey, (known) => addActiveRun(known, run));
        return;
      }
      setAnnouncement(`${run.label}: ${BUCKET_WORDS[bucketOf(run)]}`);
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: tenantKey(tenantId) }),
        queryClient.invalidateQueries({ queryKey: notesKey }),
      ]);
    };
    for (const { id } of gone) {
      // Unreadable for the moment: the pages' own refreshing shows the end a little later.
      settle(id).catch(() => undefined);
    }
  }, [active, queryClient, tenantId]);

  return <VisuallyHidden role="status">{announcement}</VisuallyHidden>;
}
