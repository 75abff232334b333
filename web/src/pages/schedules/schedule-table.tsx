import { ActionIcon, Box, Group, Switch, Tooltip } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { may } from '#libs/access-model/src/permissions.js';
import { useTenant } from '../../access/tenant-context';
import { messageOf } from '../../api/client';
import { changeSchedule, schedulesKey, type Schedule } from '../../api/schedules';
import { DataTable, type Column } from '../../ui/data-table';
import { TimeUntil } from '../../ui/time-until';
import { cronWords } from './cron-form';
import { LastResult } from './last-result';

interface ScheduleTableProps {
  schedules: readonly Schedule[];
  onEdit: (schedule: Schedule) => void;
  onDelete: (schedule: Schedule) => void;
}

export function ScheduleTable({ schedules, onEdit, onDelete }: ScheduleTableProps) {
  const keeps = may(useTenant().role, 'schedules:write');
  // Beside the navigation there is no room for so many columns.
  const isNarrow = useMediaQuery('(max-width: 62em)');
  const columns: Column<Schedule>[] = [
    {
      key: 'name',
      header: 'Name',
      isHeading: true,
      cell: ({ name, label, lastFiring }) => (
        <>
          {name}
          {name !== label && <div className="cell-note">{label}</div>}
          {isNarrow && (
            <Box mt={6}>
              <LastResult firing={lastFiring} />
            </Box>
          )}
        </>
      ),
    },
    {
      key: 'when',
      header: 'Runs',
      width: isNarrow ? 160 : 220,
      cell: (schedule) => (
        <div>
          {cronWords(schedule.cron)}
          <div className="cell-note">{schedule.timeZone}</div>
          {isNarrow && (
            <div className="cell-note">
              Next run: <NextRun schedule={schedule} />
            </div>
          )}
        </div>
      ),
    },
  ];
  if (!isNarrow) {
    columns.push(
      { key: 'next', header: 'Next run', width: 150, cell: (schedule) => <NextRun schedule={schedule} /> },
      { key: 'last', header: 'Last result', width: 250, cell: ({ lastFiring }) => <LastResult firing={lastFiring} /> },
    );
  }
  if (keeps) {
    columns.push(
      { key: 'on', header: 'On', width: 70, cell: (schedule) => <OnSwitch schedule={schedule} /> },
      {
        key: 'actions',
        header: 'Actions',
        width: 96,
        align: 'right',
        cell: (schedule) => (
          <Group gap={4} justify="flex-end" wrap="nowrap">
            <Tooltip label="Edit">
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`Edit ${schedule.name}`}
                onClick={() => onEdit(schedule)}
              >
                <IconPencil size={18} />
              </ActionIcon>
            </Tooltip>
            <Tooltip label="Delete">
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`Delete ${schedule.name}`}
                onClick={() => onDelete(schedule)}
              >
                <IconTrash size={18} />
              </ActionIcon>
            </Tooltip>
          </Group>
        ),
      },
    );
  }
  return <DataTable caption="Schedules, newest first" columns={columns} rows={schedules} keyOf={({ id }) => id} />;
}

function NextRun({ schedule: { enabled, nextRuns } }: { schedule: Schedule }) {
  const [next] = nextRuns;
  if (!enabled || next === undefined) return <span className="cell-note">Off</span>;
  return <TimeUntil at={next} />;
}

function OnSwitch({ schedule }: { schedule: Schedule }) {
  const { tenantId } = useTenant();
  const queryClient = useQueryClient();
  const change = useMutation({
    mutationFn: (enabled: boolean) => changeSchedule(tenantId, schedule.id, { enabled }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: schedulesKey(tenantId) }),
    onError: (error) =>
      notifications.show({ color: 'red', title: `${schedule.name} was not changed`, message: messageOf(error) }),
  });
  return (
    <Switch
      aria-label={`${schedule.name} is on`}
      checked={change.isPending ? change.variables : schedule.enabled}
      onChange={(event) => change.mutate(event.currentTarget.checked)}
    />
  );
}
