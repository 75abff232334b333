import { Modal, Paper } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconCalendarTime, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { may } from '#libs/access-model/src/permissions.js';
import { GuardedButton } from '../../access/guarded-button';
import { useTenant } from '../../access/tenant-context';
import { deleteSchedule, scheduleKindsQuery, schedulesKey, schedulesQuery, type Schedule } from '../../api/schedules';
import { ConfirmModal } from '../../ui/confirm-modal';
import { PageHeader } from '../../ui/page-header';
import { QueryView } from '../../ui/query-view';
import { EmptyState } from '../../ui/states';
import { ScheduleForm } from './schedule-form';
import { ScheduleTable } from './schedule-table';

const ROUTE = '/t/$tenantId/settings/schedules';
const NEW = 'new';

/** What the tenant starts by itself. The form that is open stands in the URL. */
export function SchedulesPage() {
  const { tenantId, role } = useTenant();
  const { edit } = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const queryClient = useQueryClient();
  const [deleting, setDeleting] = useState<Schedule | null>(null);
  const schedules = useQuery(schedulesQuery(tenantId));
  const kinds = useQuery(scheduleKindsQuery(tenantId)).data?.items;
  const keeps = may(role, 'schedules:write');
  const edited = schedules.data?.items.find(({ id }) => id === edit);
  const open = (id: string): void => void navigate({ search: { edit: id } });
  const close = (): void => void navigate({ search: {} });

  const createButton = (
    <GuardedButton
      permission="schedules:write"
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => open(NEW)}
    >
      Create schedule
    </GuardedButton>
  );

  return (
    <>
      <PageHeader
        title="Schedules"
        description="What TenantAtlas starts by itself in this tenant, as the initiator “System”."
        actions={createButton}
      />
      <Paper className="section">
        <QueryView query={schedules}>
          {({ items }) =>
            items.length > 0 ? (
              <ScheduleTable schedules={items} onEdit={({ id }) => open(id)} onDelete={setDeleting} />
            ) : (
              <EmptyState icon={<IconCalendarTime size={26} />} title="No schedule yet" action={createButton}>
                A nightly inventory sync and a drift check after it keep you up to date without anybody starting them.
              </EmptyState>
            )
          }
        </QueryView>
      </Paper>
      <Modal
        opened={keeps && kinds !== undefined && (edit === NEW || edited !== undefined)}
        onClose={close}
        title={edit === NEW ? 'Create schedule' : 'Edit schedule'}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <ScheduleForm key={edit} schedule={edited} kinds={kinds ?? []} onClose={close} />
      </Modal>
      <ConfirmModal
        opened={deleting !== null}
        onClose={() => setDeleting(null)}
        title="Delete schedule"
        confirm="Delete"
        action={async () => {
          await deleteSchedule(tenantId, deleting?.id ?? '');
          await queryClient.invalidateQueries({ queryKey: schedulesKey(tenantId) });
        }}
      >
        <strong>{deleting?.name}</strong> starts nothing any more. Runs that it started go on, and their history stays.
      </ConfirmModal>
    </>
  );
}
