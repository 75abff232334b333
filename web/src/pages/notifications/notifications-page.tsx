import { Button, Group, Paper, SegmentedControl, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconBellOff, IconChecks } from '@tabler/icons-react';
import { notePageQuery, notesKey, readAllNotes, readNote, type Note } from '../../api/notifications';
import { AppLink } from '../../ui/app-link';
import { countOf } from '../../ui/format';
import { PageHeader } from '../../ui/page-header';
import { Pager } from '../../ui/pager';
import { QueryView } from '../../ui/query-view';
import { EmptyState } from '../../ui/states';
import { TimeAgo } from '../../ui/time-ago';
import { NoteBadge } from './note-badge';

const ROUTE = '/t/$tenantId/notifications';
const UNREAD = 'unread';

/** All notes of the signed-in person, over all tenants. */
export function NotificationsPage() {
  const { show, cursor } = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const queryClient = useQueryClient();
  const unreadOnly = show === UNREAD;
  const notes = useQuery(notePageQuery(unreadOnly, cursor));
  const refresh = (): Promise<void> => queryClient.invalidateQueries({ queryKey: notesKey });
  const read = useMutation({ mutationFn: readNote, onSettled: refresh });
  const readAll = useMutation({ mutationFn: readAllNotes, onSettled: refresh });
  const unread = notes.data?.unread ?? 0;
  return (
    <>
      <PageHeader
        title="Notifications"
        description="What became of the operations that you started, in all your tenants."
        actions={
          <Button
            variant="default"
            leftSection={<IconChecks size={16} aria-hidden />}
            disabled={unread === 0}
            loading={readAll.isPending}
            onClick={() => readAll.mutate()}
          >
            Mark all read
          </Button>
        }
      />
      <Paper className="section">
        <Group px="md" py="sm" justify="space-between" className="menu-head">
          <SegmentedControl
            aria-label="Which notifications"
            value={unreadOnly ? UNREAD : 'all'}
            onChange={(value) => void navigate({ search: value === UNREAD ? { show: UNREAD } : {} })}
            data={[
              { value: 'all', label: 'All' },
              { value: UNREAD, label: 'Unread' },
            ]}
          />
          <Text size="sm" c="dimmed" role="status">
            {unread === 0 ? 'All read' : countOf(unread, 'unread', 'unread')}
          </Text>
        </Group>
        <QueryView query={notes}>
          {(page) => (
            <>
              {page.items.length > 0 ? (
                <ul className="note-list">
                  {page.items.map((note) => (
                    <NoteRow key={note.id} note={note} onRead={() => read.mutate(note.id)} />
                  ))}
                </ul>
              ) : unreadOnly ? (
                <EmptyState
                  icon={<IconChecks size={26} />}
                  title="Nothing unread"
                  action={
                    <Button variant="default" onClick={() => void navigate({ search: {} })}>
                      Show all
                    </Button>
                  }
                >
                  You have read everything.
                </EmptyState>
              ) : (
                <EmptyState icon={<IconBellOff size={26} />} title="No notifications yet">
                  When you start an operation, its start and its end are told here.
                </EmptyState>
              )}
              <Pager
                cursor={cursor}
                nextCursor={page.nextCursor}
                onMove={(next) => void navigate({ search: { show, cursor: next } })}
              />
            </>
          )}
        </QueryView>
      </Paper>
    </>
  );
}

function NoteRow({ note, onRead }: { note: Note; onRead: () => void }) {
  const isUnread = note.readAt === null;
  return (
    <li className={isUnread ? 'note note-unread' : 'note'}>
      <Group justify="space-between" align="flex-start" gap="sm">
        <div style={{ flex: '1 1 280px', minWidth: 0, overflowWrap: 'anywhere' }}>
          <Text fw={isUnread ? 600 : 400} component="h2" size="sm">
            {isUnread && <span className="visually-hidden">Unread: </span>}
            {note.title}
          </Text>
          <Text size="sm" c="dimmed">
            {note.body}
          </Text>
          <Text size="xs" c="dimmed" mt={4}>
            {note.tenantName} · <TimeAgo at={note.createdAt} />
          </Text>
        </div>
        <Group gap="sm">
          <NoteBadge note={note} />
          {isUnread && (
            <Button
              size="compact-sm"
              variant="subtle"
              color="gray"
              aria-label={`Mark read: ${note.title}`}
              onClick={onRead}
            >
              Mark read
            </Button>
          )}
          <AppLink
            href={`/t/${note.tenantId}/operations/${note.runId}`}
            className="link-small"
            aria-label={`View run: ${note.title}`}
            onClick={() => isUnread && onRead()}
          >
            View run
          </AppLink>
        </Group>
      </Group>
    </li>
  );
}
