import { Center, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Navigate } from '@tanstack/react-router';
import { IconBuilding } from '@tabler/icons-react';
import { meQuery } from '../api/session';
import { lastTenants } from '../shell/last-tenant';
import { EmptyState, ErrorState } from '../ui/states';

/** `/`: on to the tenant that was used last. */
export function HomePage() {
  const me = useQuery(meQuery);
  const mine = me.data?.memberships ?? [];
  const last = lastTenants().find((id) => mine.some((each) => each.tenantId === id)) ?? mine[0]?.tenantId;
  if (last !== undefined) return <Navigate to="/t/$tenantId" params={{ tenantId: last }} replace />;
  return (
    <Center mih="80vh" component="main">
      {me.data !== undefined ? (
        <EmptyState icon={<IconBuilding size={26} />} title="You are in no tenant yet" isPage>
          You are signed in as {me.data.user.email}. Ask an owner of a tenant to add you.
        </EmptyState>
      ) : me.isError ? (
        <ErrorState error={me.error} onRetry={() => void me.refetch()} isPage />
      ) : (
        <Loader aria-label="Loading TenantAtlas" />
      )}
    </Center>
  );
}
