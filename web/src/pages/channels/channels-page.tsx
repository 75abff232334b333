import { Button, Modal, Paper } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconPlus, IconSend } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { denialOf, useTenant } from '../../access/tenant-context';
import { channelsQuery, type Channel } from '../../api/channels';
import { AppLink } from '../../ui/app-link';
import { DataTable, type Column } from '../../ui/data-table';
import { PageHeader } from '../../ui/page-header';
import { QueryView } from '../../ui/query-view';
import { EmptyState } from '../../ui/states';
import { TimeAgo } from '../../ui/time-ago';
import { ToneBadge } from '../../ui/tone-badge';
import { ChannelForm } from './channel-form';
import { KIND_WORDS, outcomesText, targetOf } from './channel-words';
import { DeliveryBadge } from './delivery-badge';
import { NoChannelAccess } from './no-access';

const ROUTE = '/t/$tenantId/settings/channels';
const NEW = 'new';

/** Webhooks and e-mail that are told when a run of the tenant ends; for owners. */
export function ChannelsPage() {
  const access = useTenant();
  const denial = denialOf(access, 'channels:write');
  const { edit } = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const open = (): void => void navigate({ search: { edit: NEW } });
  const createButton = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={open}>
      Create channel
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Notification channels"
        description="Where this tenant tells that operations ended: webhooks and e-mail."
        actions={denial === null && createButton}
      />
      {denial === null ? (
        <ChannelList
          isCreating={edit === NEW}
          onClose={() => void navigate({ search: {} })}
          createButton={createButton}
        />
      ) : (
        <NoChannelAccess reason={denial} />
      )}
    </>
  );
}

interface ChannelListProps {
  isCreating: boolean;
  onClose: () => void;
  createButton: ReactNode;
}

function ChannelList({ isCreating, onClose, createButton }: ChannelListProps) {
  const { tenantId } = useTenant();
  const channels = useQuery(channelsQuery(tenantId));
  const columns: Column<Channel>[] = [
    {
      key: 'name',
      header: 'Name',
      isHeading: true,
      cell: (channel) => (
        <>
          <AppLink href={`/t/${tenantId}/settings/channels/${channel.id}`} className="link">
            {channel.name}
          </AppLink>
          {!channel.enabled && (
            <>
              {' '}
              <ToneBadge tone="gray">Off</ToneBadge>
            </>
          )}
          <div className="cell-note">
            {KIND_WORDS[channel.kind]} to {targetOf(channel)}
          </div>
          <div className="cell-note">Told of: {outcomesText(channel.outcomes)}</div>
        </>
      ),
    },
    {
      key: 'last',
      header: 'Last delivery',
      width: 200,
      cell: ({ lastDelivery }) =>
        lastDelivery === null ? (
          <span className="cell-note">None yet</span>
        ) : (
          <div>
            <DeliveryBadge state={lastDelivery.state} />
            <div className="cell-note">
              <TimeAgo at={lastDelivery.at} />
            </div>
          </div>
        ),
    },
  ];
  return (
    <>
      <Paper className="section">
        <QueryView query={channels}>
          {({ items }) =>
            items.length > 0 ? (
              <DataTable
                caption="Notification channels, oldest first"
                columns={columns}
                rows={items}
                keyOf={({ id }) => id}
              />
            ) : (
              <EmptyState icon={<IconSend size={26} />} title="No channel yet" action={createButton}>
                A channel tells your chat, ticket system or mailbox when an operation failed or ended.
              </EmptyState>
            )
          }
        </QueryView>
      </Paper>
      <Modal
        opened={isCreating && channels.data !== undefined}
        onClose={onClose}
        title="Create channel"
        closeButtonProps={{ 'aria-label': 'Close' }}
        // A click beside the window must not lose a secret that is shown once.
        closeOnClickOutside={false}
      >
        <ChannelForm channel={undefined} emailAvailable={channels.data?.emailAvailable ?? false} onClose={onClose} />
      </Modal>
    </>
  );
}
