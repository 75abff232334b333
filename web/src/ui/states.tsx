import { Alert, Button, Center, Group, Skeleton, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { IconAlertTriangle, IconClockPause, IconLock, IconRefresh } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { messageOf, Problem } from '../api/client';
import { clockTime } from './format';

const ROWS = [88, 64, 76, 70, 82, 60];

/** Stands where the rows will be, so that nothing jumps when they come. */
export function LoadingRows() {
  return (
    <Stack gap="md" p="md" role="status" aria-label="Loading">
      {ROWS.map((width) => (
        <Skeleton key={width} h={18} w={`${width}%`} />
      ))}
    </Stack>
  );
}

interface EmptyStateProps {
  icon: ReactNode;
  title: string;
  children: ReactNode;
  action?: ReactNode;
  /** Whether it stands for a whole page: then its title is the page's heading, and the window's. */
  isPage?: boolean;
}

export function EmptyState({ icon, title, children, action, isPage = false }: EmptyStateProps) {
  return (
    <Center py={56} px="md">
      {isPage && <WindowTitle title={title} />}
      <Stack align="center" gap="xs" maw={440}>
        <ThemeIcon size={52} radius="xl" variant="light" color="gray" aria-hidden>
          {icon}
        </ThemeIcon>
        <Title order={isPage ? 1 : 2} size="h2" ta="center" mt="xs">
          {title}
        </Title>
        <Text c="dimmed" ta="center" size="sm">
          {children}
        </Text>
        {action !== undefined && (
          <Group mt="sm" justify="center">
            {action}
          </Group>
        )}
      </Stack>
    </Center>
  );
}

function WindowTitle({ title }: { title: string }) {
  useDocumentTitle(`${title} · TenantAtlas`);
  return null;
}

/** What is said of something that is not there for whoever asks, and what may be done. */
export interface Refusal {
  title: string;
  hint: string;
}

const NO_ACCESS: Refusal = {
  title: 'No access',
  hint: 'Ask an owner of the tenant for access, or check the address.',
};

interface ErrorStateProps {
  error: unknown;
  onRetry: () => void;
  /** Where access is not the likely reason. */
  refusal?: Refusal | undefined;
  /** As {@link EmptyState} has it. */
  isPage?: boolean;
}

/** What replaces a page or a list that could not be read: no access, or an error with a way to try again. */
export function ErrorState({ error, onRetry, refusal = NO_ACCESS, isPage = false }: ErrorStateProps) {
  if (error instanceof Problem && error.status === 403) {
    return (
      <EmptyState icon={<IconLock size={26} />} title={refusal.title} isPage={isPage}>
        {error.message} {refusal.hint}
      </EmptyState>
    );
  }
  return (
    <div role="alert">
      <EmptyState
        icon={<IconAlertTriangle size={26} />}
        title="This could not be loaded"
        isPage={isPage}
        action={
          <Button variant="default" leftSection={<IconRefresh size={16} aria-hidden />} onClick={onRetry}>
            Try again
          </Button>
        }
      >
        {messageOf(error)}
        {error instanceof Problem && error.correlationId !== undefined && (
          <>
            <br />
            Reference for support: <code>{error.correlationId}</code>
          </>
        )}
      </EmptyState>
    </div>
  );
}

interface StaleNoteProps {
  error: unknown;
  dataUpdatedAt: number;
  onRetry: () => void;
}

/** Says that what is shown is older than it should be, and since when. */
export function StaleNote({ error, dataUpdatedAt, onRetry }: StaleNoteProps) {
  return (
    <Alert data-tone="amber" icon={<IconClockPause aria-hidden />} role="status" py="xs">
      <Group justify="space-between" gap="xs">
        <Text size="sm">
          Showing data from {clockTime(dataUpdatedAt)}, retrying. {messageOf(error)}
        </Text>
        <Button size="compact-sm" variant="default" onClick={onRetry}>
          Retry now
        </Button>
      </Group>
    </Alert>
  );
}
