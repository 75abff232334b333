import { Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { IconArchive, IconArrowsDiff, IconPlugConnected, IconPlus, IconRefresh } from '@tabler/icons-react';
import { may, rolesWith } from '#libs/access-model/src/permissions.js';
import { useTenant } from '../access/tenant-context';
import { generateDrift } from '../api/findings';
import { activeRunsQuery } from '../api/operations';
import type { Overview } from '../api/overview';
import { startSync } from '../api/sync-runs';
import { CreateSetModal } from '../pages/backup-sets/create-set-modal';
import { useStartRun } from '../runs/use-start-run';
import { AppLink } from '../ui/app-link';
import type { Step } from './steps';

interface StepActionProps {
  step: Step;
  overview: Overview;
  /** Whether it is the one to do now. */
  isNext: boolean;
}

/** What does the step, right where it is named; or who may do it, where the role may not. */
export function StepAction({ step, overview, isNext }: StepActionProps) {
  const { role } = useTenant();
  if (!may(role, step.permission)) {
    return (
      <Text size="sm" c="dimmed">
        {listOfRoles(rolesWith(step.permission))} can do this. You are {role}.
      </Text>
    );
  }
  const variant = isNext ? 'filled' : 'default';
  switch (step.key) {
    case 'connect':
      return <ConnectAction variant={variant} again={overview.connection !== null} />;
    case 'sync':
      return <SyncAction variant={variant} label="Run first sync" />;
    case 'backup':
      return <BackupAction variant={variant} hasSets={overview.backups.hasSets} />;
    case 'drift':
      return overview.drift.missing === null ? (
        <DriftAction variant={variant} />
      ) : (
        <SyncAction variant={variant} label="Run another sync" />
      );
  }
}

interface ActionProps {
  variant: 'filled' | 'default';
}

function ConnectAction({ variant, again }: ActionProps & { again: boolean }) {
  const { tenantId } = useTenant();
  return (
    <Button
      component={AppLink}
      href={`/t/${tenantId}/settings/graph-connection`}
      variant={variant}
      leftSection={<IconPlugConnected size={16} aria-hidden />}
    >
      {again ? 'Open Graph connection' : 'Connect Graph'}
    </Button>
  );
}

function SyncAction({ variant, label }: ActionProps & { label: string }) {
  const { tenantId } = useTenant();
  const start = useStartRun(() => startSync(tenantId));
  const running = useRunning('inventory.sync');
  return (
    <Button
      variant={variant}
      loading={start.isPending}
      disabled={running}
      leftSection={<IconRefresh size={16} aria-hidden />}
      onClick={() => start.mutate()}
    >
      {running ? 'Sync is running' : label}
    </Button>
  );
}

function DriftAction({ variant }: ActionProps) {
  const { tenantId } = useTenant();
  const router = useRouter();
  // What is found shows there, and nobody who is new knows yet where to look.
  const start = useStartRun(
    () => generateDrift(tenantId),
    () => router.history.push(`/t/${tenantId}/drift/findings`),
  );
  const running = useRunning('drift.generate');
  return (
    <Button
      variant={variant}
      loading={start.isPending}
      disabled={running}
      leftSection={<IconArrowsDiff size={16} aria-hidden />}
      onClick={() => start.mutate()}
    >
      {running ? 'Drift is being generated' : 'Generate drift'}
    </Button>
  );
}

function BackupAction({ variant, hasSets }: ActionProps & { hasSets: boolean }) {
  const { tenantId } = useTenant();
  const [creating, dialog] = useDisclosure(false);
  if (hasSets) {
    return (
      <Button
        component={AppLink}
        href={`/t/${tenantId}/backup-sets`}
        variant={variant}
        leftSection={<IconPlus size={16} aria-hidden />}
      >
        Add policies to it
      </Button>
    );
  }
  return (
    <>
      <Button variant={variant} leftSection={<IconArchive size={16} aria-hidden />} onClick={dialog.open}>
        Create backup set
      </Button>
      <CreateSetModal opened={creating} onClose={dialog.close} />
    </>
  );
}

function useRunning(type: string): boolean {
  const { tenantId } = useTenant();
  return useQuery(activeRunsQuery(tenantId)).data?.items.some((run) => run.type === type) === true;
}

/** "Only an Owner"; "An Operator, Manager or Owner". */
function listOfRoles(roles: readonly string[]): string {
  const last = roles.at(-1) ?? '';
  if (roles.length === 1) return `Only an ${last}`;
  const first = roles[0] ?? '';
  const article = /^[AEIOU]/.test(first) ? 'An' : 'A';
  return `${article} ${roles.slice(0, -1).join(', ')} or ${last}`;
}
