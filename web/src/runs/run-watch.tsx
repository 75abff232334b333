import { VisuallyHidden } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTenant } from '../access/tenant-context';
import { tenantKey } from '../api/keys';
import { notesKey } from '../api/notifications';
import { activeRunsQuery, runQuery, type Run } from '../api/operations';
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
    const ended = before.current.filter((run) => run.tenantId === tenantId && !active.some(({ id }) => id === run.id));
    before.current = active;
    if (ended.length === 0) return;
    void queryClient.invalidateQueries({ queryKey: tenantKey(tenantId) });
    void queryClient.invalidateQueries({ queryKey: notesKey });
    for (const { id } of ended) {
      void queryClient
        .fetchQuery({ ...runQuery(tenantId, id), staleTime: 0 })
        .then((run) => setAnnouncement(`${run.label}: ${BUCKET_WORDS[bucketOf(run)]}`))
        .catch(() => undefined);
    }
  }, [active, queryClient, tenantId]);

  return <VisuallyHidden role="status">{announcement}</VisuallyHidden>;
}
