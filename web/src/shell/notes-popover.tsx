import { Button, Group, Popover, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconBellOff } from '@tabler/icons-react';
import { useTenant } from '../access/tenant-context';
import { notesKey, notesQuery, readAllNotes, readNote, type Note } from '../api/notifications';
import { AppLink } from '../ui/app-link';
import { QueryView } from '../ui/query-view';
import { EmptyState } from '../ui/states';
import { TimeAgo } from '../ui/time-ago';
import { BellButton } from './bell-button';
import { useClickHandedOn } from './click-handed-on';

/** The newest notifications, opened as soon as it is there. */
export function NotesPopover() {
  const { tenantId } = useTenant();
  const button = useClickHandedOn();
  const [opened, popover] = useDisclosure(false);
  const queryClient = useQueryClient();
  const notes = useQuery(notesQuery);
  const refresh = (): Promise<void> => queryClient.invalidateQueries({ queryKey: notesKey });
  const read = useMutation({ mutationFn: readNote, onSettled: refresh });
  const readAll = useMutation({ mutationFn: readAllNotes, onSettled: refresh });
  const unread = notes.data?.unread ?? 0;

  return (
    <Popover opened={opened} onChange={popover.set} position="bottom-end" width={360} trapFocus shadow="md">
      <Popover.Target>
        <BellButton ref={button} onClick={popover.toggle} />
      </Popover.Target>
      <Popover.Dropdown p={0} maw="calc(100vw - 16px)" aria-label="Notifications">
        <Group justify="space-between" px="md" py="xs" className="menu-head">
          <Title order={2}>Notifications</Title>
          <Button
            size="compact-sm"
            variant="subtle"
            disabled={unread === 0}
            loading={readAll.isPending}
            onClick={() => readAll.mutate()}
          >
            Mark all read
          </Button>
        </Group>
        <div className="note-scroll">
          <QueryView query={notes}>
            {({ items }) =>
              items.length === 0 ? (
                <EmptyState icon={<IconBellOff size={26} />} title="No notifications yet">
                  When you start an operation, its start and its end are told here.
                </EmptyState>
              ) : (
                <ul className="note-list">
                  {items.map((note) => (
                    <NoteRow
                      key={note.id}
                      note={note}
                      onRead={() => read.mutate(note.id)}
                      onView={() => {
                        if (note.readAt === null) read.mutate(note.id);
                        popover.close();
                      }}
                    />
                  ))}
                </ul>
              )
            }
          </QueryView>
        </div>
        <Group justify="center" py="xs" style={{ borderTop: '1px solid var(--line)' }}>
          <AppLink href={`/t/${tenantId}/notifications`} className="link-small" onClick={popover.close}>
            All notifications
          </AppLink>
        </Group>
      </Popover.Dropdown>
    </Popover>
  );
}

function NoteRow({ note, onRead, onView }: { note: Note; onRead: () => void; onView: () => void }) {
  const isUnread = note.readAt === null;
  return (
    <li className={isUnread ? 'note note-unread' : 'note'}>
      <Text size="sm" fw={isUnread ? 600 : 400}>
        {isUnread && <span className="visually-hidden">Unread: </span>}
        {note.title}
      </Text>
      <Text size="sm" c="dimmed">
        {note.body}
      </Text>
      <Group gap="sm" mt={4}>
        <Text size="xs" c="dimmed" component="span">
          {note.tenantName} · <TimeAgo at={note.createdAt} />
        </Text>
        <AppLink href={`/t/${note.tenantId}/operations/${note.runId}`} className="link-small" onClick={onView}>
          View run
        </AppLink>
        {isUnread && (
          <Button size="compact-xs" variant="subtle" color="gray" onClick={onRead}>
            Mark read
          </Button>
        )}
      </Group>
    </li>
  );
}
