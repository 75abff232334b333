import { Center, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Outlet, useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { TenantContext } from '../access/tenant-context';
import { meQuery } from '../api/session';
import { LiveTenant } from '../live/live-tenant';
import { ForbiddenPage } from '../pages/forbidden-page';
import { ErrorState } from '../ui/states';
import { useFirstPage } from './first-page';
import { Shell } from './shell';
import { rememberTenant } from './last-tenant';

/** The frame of every tenant page: who is signed in, in which role, and whether the tenant is theirs at all. */
export function TenantLayout() {
  const { tenantId } = useParams({ from: '/t/$tenantId' });
  const me = useQuery(meQuery);
  const isPageReady = useFirstPage();
  const membership = me.data?.memberships.find((each) => each.tenantId === tenantId);
  const user = me.data?.user;
  const access = useMemo(
    () => (membership === undefined || user === undefined ? null : { ...membership, user }),
    [membership, user],
  );

  if (me.data === undefined) {
    return (
      <Center mih="100vh" component="main">
        {me.isError ? (
          <ErrorState error={me.error} onRetry={() => void me.refetch()} isPage />
        ) : (
          <Loader aria-label="Loading TenantAtlas" />
        )}
      </Center>
    );
  }
  if (access === null) return <ForbiddenPage email={me.data.user.email} />;
  rememberTenant(tenantId);
  return (
    <TenantContext value={access}>
      <LiveTenant />
      <Shell memberships={me.data.memberships}>
        {/* A page keeps no state of another tenant. */}
        {isPageReady ? <Outlet key={tenantId} /> : <div className="frame-waiting" role="status" aria-label="Loading" />}
      </Shell>
    </TenantContext>
  );
}
