import { ActionIcon, Button, Group, Indicator, Popover, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconBell, IconBellOff } from '@tabler/icons-react';
import { useTenant } from '../access/tenant-context';
import { notesKey, notesQuery, readAllNotes, readNote, type Note } from '../api/notifications';
import { AppLink } from '../ui/app-link';
import { countOf } from '../ui/format';
import { QueryView } from '../ui/query-view';
import { EmptyState } from '../ui/states';
import { TimeAgo } from '../ui/time-ago';

const MOST_COUNTED = 99;

export function NotificationBell() {
  const { tenantId } = useTenant();
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
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          className="bell"
          onClick={popover.toggle}
          aria-label={unread === 0 ? 'Notifications' : `Notifications, ${countOf(unread, 'unread', 'unread')}`}
        >
          <Indicator
            disabled={unread === 0}
            label={<span aria-hidden>{unread > MOST_COUNTED ? `${MOST_COUNTED}+` : unread}</span>}
            size={18}
            offset={2}
            color="red.8"
          >
            <IconBell size={20} stroke={1.6} />
          </Indicator>
        </ActionIcon>
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
