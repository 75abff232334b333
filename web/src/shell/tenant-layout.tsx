import { Center, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Outlet, useParams } from '@tanstack/react-router';
import { IconLock } from '@tabler/icons-react';
import { useMemo } from 'react';
import { TenantContext } from '../access/tenant-context';
import { meQuery } from '../api/session';
import { RunWatch } from '../runs/run-watch';
import { AppLink } from '../ui/app-link';
import { EmptyState, ErrorState } from '../ui/states';
import { Shell } from './shell';
import { rememberTenant } from './last-tenant';

/** The frame of every tenant page: who is signed in, in which role, and whether the tenant is theirs at all. */
export function TenantLayout() {
  const { tenantId } = useParams({ from: '/t/$tenantId' });
  const me = useQuery(meQuery);
  const membership = me.data?.memberships.find((each) => each.tenantId === tenantId);
  const user = me.data?.user;
  const access = useMemo(
    () => (membership === undefined || user === undefined ? null : { ...membership, user }),
    [membership, user],
  );

  if (me.data === undefined) {
    return (
      <Center mih="100vh">
        {me.isError ? (
          <ErrorState error={me.error} onRetry={() => void me.refetch()} isPage />
        ) : (
          <Loader aria-label="Loading TenantAtlas" />
        )}
      </Center>
    );
  }
  if (access === null) {
    return (
      <Center mih="80vh" component="main">
        <EmptyState
          icon={<IconLock size={26} />}
          isPage
          title="No access"
          action={
            <AppLink href="/" className="link">
              Go to your own tenants
            </AppLink>
          }
        >
          You do not have access to this tenant, or it does not exist. You are signed in as {me.data.user.email}.
        </EmptyState>
      </Center>
    );
  }
  rememberTenant(tenantId);
  return (
    <TenantContext value={access}>
      <RunWatch />
      <Shell memberships={me.data.memberships}>
        {/* A page keeps no state of another tenant. */}
        <Outlet key={tenantId} />
      </Shell>
    </TenantContext>
  );
}
