import { useQuery } from '@tanstack/react-query';
import { IconSend } from '@tabler/icons-react';
import { useTenant } from '../../access/tenant-context';
import { deliveriesQuery, type Delivery } from '../../api/channels';
import { AppLink } from '../../ui/app-link';
import { DataTable, type Column } from '../../ui/data-table';
import { countOf } from '../../ui/format';
import { Pager } from '../../ui/pager';
import { QueryView } from '../../ui/query-view';
import { Section } from '../../ui/section';
import { EmptyState } from '../../ui/states';
import { TimeAgo } from '../../ui/time-ago';
import { TimeUntil } from '../../ui/time-until';
import { DeliveryBadge } from './delivery-badge';

interface DeliverySectionProps {
  channelId: string;
  cursor: string | undefined;
  onMove: (cursor: string | undefined) => void;
}

/** What a channel was told, with what became of it. */
export function DeliverySection({ channelId, cursor, onMove }: DeliverySectionProps) {
  const { tenantId } = useTenant();
  const deliveries = useQuery(deliveriesQuery(tenantId, channelId, cursor));
  const columns: Column<Delivery>[] = [
    {
      key: 'run',
      header: 'Run',
      isHeading: true,
      cell: ({ label, runId, id }) => (
        <>
          <AppLink href={`/t/${tenantId}/operations/${runId}`} className="link">
            {label} {runId}
          </AppLink>
          <div className="cell-note">
            Delivery <code>{id}</code>
          </div>
        </>
      ),
    },
    {
      key: 'state',
      header: 'State',
      width: 240,
      cell: ({ state, message, status, attempts, nextAttemptAt }) => (
        <div>
          <DeliveryBadge state={state} />
          <div className="cell-note">
            {state !== 'delivered' && message !== null && <>{message} </>}
            {attempts > 0 && countOf(attempts, 'attempt')}
            {status !== null && `, status ${status}`}
            {nextAttemptAt !== null && attempts > 0 && (
              <>
                , next <TimeUntil at={nextAttemptAt} />
              </>
            )}
          </div>
        </div>
      ),
    },
    { key: 'at', header: 'Created', width: 130, cell: ({ createdAt }) => <TimeAgo at={createdAt} /> },
  ];
  return (
    <Section title="Deliveries" flush>
      <QueryView query={deliveries}>
        {(page) => (
          <>
            {page.items.length > 0 ? (
              <DataTable
                caption="Deliveries, newest first"
                columns={columns}
                rows={page.items}
                keyOf={({ id }) => id}
              />
            ) : (
              <EmptyState icon={<IconSend size={26} />} title="Nothing delivered yet">
                When an operation ends in a way that this channel is told of, it shows here.
              </EmptyState>
            )}
            <Pager cursor={cursor} nextCursor={page.nextCursor} onMove={onMove} />
          </>
        )}
      </QueryView>
    </Section>
  );
}
