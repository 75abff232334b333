import { useTenant } from '../../access/tenant-context';
import { may } from '#libs/access-model/src/permissions.js';
import { NextStepNote } from '../../first-run/next-step-note';
import { PageHeader } from '../../ui/page-header';
import { MemberView } from './member-view';
import { OwnerView } from './owner-view';

/** How TenantAtlas reaches the tenant's Microsoft Graph: owners set and test it, others see that it is there. */
export function ConnectionPage() {
  const { role } = useTenant();
  return (
    <>
      <PageHeader
        title="Graph connection"
        description="The app registration that TenantAtlas signs in with to read this tenant."
      />
      <NextStepNote here="connect" />
      {may(role, 'connection:write') ? <OwnerView /> : <MemberView />}
    </>
  );
}
