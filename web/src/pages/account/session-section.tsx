import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { accountKey, endOtherSessions, endSession, sessionsQuery, type Session } from '../../api/account';
import { messageOf } from '../../api/client';
import { ConfirmModal } from '../../ui/confirm-modal';
import { DataTable, type Column } from '../../ui/data-table';
import { QueryView } from '../../ui/query-view';
import { Section } from '../../ui/section';
import { TimeAgo } from '../../ui/time-ago';
import { ToneBadge } from '../../ui/tone-badge';
import { browserWords } from './browser-words';

/** Where the person is signed in. */
export function SessionSection() {
  const queryClient = useQueryClient();
  const sessions = useQuery(sessionsQuery);
  const [asking, setAsking] = useState(false);
  const refresh = (): Promise<void> => queryClient.invalidateQueries({ queryKey: accountKey });
  const end = useMutation({
    mutationFn: endSession,
    onSettled: refresh,
    onError: (error) =>
      notifications.show({ color: 'red', title: 'The session was not ended', message: messageOf(error) }),
  });
  const columns: Column<Session>[] = [
    {
      key: 'where',
      header: 'Browser',
      isHeading: true,
      cell: ({ userAgent, address, signedInAt }) => (
        <>
          {browserWords(userAgent)}
          <div className="cell-note">
            {address !== null && `from ${address}`}
            {signedInAt !== null && (
              <>
                {address !== null && ', '}
                signed in <TimeAgo at={signedInAt} />
              </>
            )}
          </div>
        </>
      ),
    },
    { key: 'used', header: 'Last used', width: 140, cell: ({ lastUsedAt }) => <TimeAgo at={lastUsedAt} /> },
    {
      key: 'actions',
      header: 'Actions',
      width: 140,
      align: 'right',
      cell: (session) =>
        session.isCurrent ? (
          <ToneBadge tone="blue">This browser</ToneBadge>
        ) : (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`Sign out ${browserWords(session.userAgent)}`}
            loading={end.isPending && end.variables === session.id}
            onClick={() => end.mutate(session.id)}
          >
            Sign out
          </Button>
        ),
    },
  ];
  const others = sessions.data?.items.filter(({ isCurrent }) => !isCurrent).length ?? 0;
  return (
    <Section
      title="Sessions"
      description="Where you are signed in. A session ends twelve hours after its last use."
      actions={
        <Button variant="default" disabled={others === 0} onClick={() => setAsking(true)}>
          Sign out everywhere else
        </Button>
      }
      flush
    >
      <QueryView query={sessions}>
        {({ items }) => (
          <DataTable caption="Your sessions, last used first" columns={columns} rows={items} keyOf={({ id }) => id} />
        )}
      </QueryView>
      <ConfirmModal
        opened={asking}
        onClose={() => setAsking(false)}
        title="Sign out everywhere else"
        confirm="Sign out"
        action={async () => {
          await endOtherSessions();
          await refresh();
        }}
      >
        Every other browser has to sign in again. This one stays signed in, and API tokens go on.
      </ConfirmModal>
    </Section>
  );
}
