import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { IconLock } from '@tabler/icons-react';
import { denialOf, useTenant } from '../../access/tenant-context';
import { channelsQuery } from '../../api/channels';
import { PageHeader } from '../../ui/page-header';
import { QueryView } from '../../ui/query-view';
import { EmptyState } from '../../ui/states';
import { ChannelView } from './channel-view';
import { DeliverySection } from './delivery-section';
import { NoChannelAccess } from './no-access';

const ROUTE = '/t/$tenantId/settings/channels/$channelId';
const PARENT = { label: 'Notification channels', to: '/settings/channels' };

export function ChannelPage() {
  const access = useTenant();
  const denial = denialOf(access, 'channels:write');
  if (denial === null) return <KnownChannel />;
  return (
    <>
      <PageHeader title="Notification channel" parent={PARENT} />
      <NoChannelAccess reason={denial} />
    </>
  );
}

function KnownChannel() {
  const { tenantId } = useTenant();
  const { channelId } = useParams({ from: ROUTE });
  const search = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const channels = useQuery(channelsQuery(tenantId));
  return (
    <QueryView query={channels} isPage>
      {({ items, emailAvailable }) => {
        const channel = items.find(({ id }) => id === channelId);
        if (channel === undefined) {
          return (
            <EmptyState icon={<IconLock size={26} />} title="No such channel" isPage>
              It does not exist, or it was deleted.
            </EmptyState>
          );
        }
        return (
          <>
            <ChannelView
              channel={channel}
              emailAvailable={emailAvailable}
              isEditing={search.edit !== undefined}
              onEdit={(isEditing) => void navigate({ search: { ...search, edit: isEditing ? 'yes' : undefined } })}
            />
            <DeliverySection
              channelId={channelId}
              cursor={search.cursor}
              onMove={(cursor) => void navigate({ search: { ...search, cursor } })}
            />
          </>
        );
      }}
    </QueryView>
  );
}
