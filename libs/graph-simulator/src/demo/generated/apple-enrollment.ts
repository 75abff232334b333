import type { GraphBody } from '../../store/graph-body.js';
import type { Dice } from './dice.js';
import type { TenantDraft } from './tenant-draft.js';

/** Apple's enrollment: a token of its business manager for every six profiles. */
export function addAppleTokens(tenant: TenantDraft): void {
  const dice = tenant.dice('apple enrollment');
  for (let first = 0; first < tenant.counts.appleEnrollment; first += 6) {
    const profiles = Math.min(6, tenant.counts.appleEnrollment - first);
    const token = tenant.guid(`apple token ${first}`);
    tenant.add({
      collection: 'depOnboardingSettings',
      nameField: 'tokenName',
      name: `${tenant.company.prefix} ABM ${dice.pick(tenant.company.sites)}`,
      values: {
        appleIdentifier: `abm@${tenant.company.domain}`,
        tokenExpirationDateTime: '2027-01-15T09:00:00Z',
        lastSuccessfulSyncDateTime: '2026-05-01T02:00:00Z',
        lastSyncTriggeredDateTime: '2026-05-01T01:59:00Z',
        lastSyncErrorCode: 0,
        tokenType: 'dep',
        dataSharingConsentGranted: true,
        shareTokenWithSchoolDataSyncService: false,
        syncedDeviceCount: dice.int(20, 6_000),
      },
      id: () => token,
      dates: 'modified',
      described: false,
      children: {
        enrollmentProfiles: Array.from({ length: profiles }, (_, at) => appleProfile(tenant, dice, token, first + at)),
      },
    });
  }
}

function appleProfile(tenant: TenantDraft, dice: Dice, token: string, at: number): GraphBody {
  const mac = at % 3 === 2;
  const purpose = dice.pick(['Corporate', 'Shared', 'Kiosk', 'Board']);
  return {
    '@odata.type': `#microsoft.graph.dep${mac ? 'MacOS' : 'IOS'}EnrollmentProfile`,
    id: `${token}_${tenant.guid(`apple profile ${at}`)}`,
    displayName: tenant.naming.name('enrollmentProfiles', { platform: mac ? 'macOS' : 'iOS', area: 'ADE', purpose }),
    description: tenant.naming.description(),
    requiresUserAuthentication: dice.chance(0.7),
    configurationEndpointUrl: `https://appleconfigurator2.manage.example/MDMServiceConfig?id=${tenant.guid('intune account')}`,
    enableAuthenticationViaCompanyPortal: false,
    requireCompanyPortalOnSetupAssistantEnrolledDevices: false,
    isDefault: at === 0,
    supervisedModeEnabled: true,
    supportDepartment: 'Service Desk',
    supportPhoneNumber: '+49 89 0000-0',
    isMandatory: true,
    locationDisabled: false,
    profileRemovalDisabled: true,
    restoreBlocked: dice.chance(0.5),
    appleIdDisabled: dice.chance(0.5),
    siriDisabled: true,
    diagnosticsDisabled: true,
    deviceNameTemplate: `${tenant.company.prefix}-{{SERIAL}}`,
    enabledSkipKeys: ['Siri', 'Diagnostics', 'ScreenTime'],
    enrollmentTimeAzureAdGroupIds: [],
  };
}
