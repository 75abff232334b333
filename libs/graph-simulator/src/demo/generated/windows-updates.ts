import type { GraphBody } from '../../store/graph-body.js';
import { graphTime } from '../../store/graph-time.js';
import type { TenantDraft } from './tenant-draft.js';

/** Feature, quality and driver update profiles; their assignments know no filters. */
export function addWindowsUpdates(tenant: TenantDraft): void {
  const dice = tenant.dice('windows updates');
  const { sites } = tenant.company;
  tenant.repeat(tenant.counts.featureUpdates, (at) => {
    const release = dice.pick(['23H2', '24H2', '25H2']);
    return {
      collection: 'windowsFeatureUpdateProfiles',
      name: { platform: 'Win', area: 'Feature update', purpose: `${release} ${dice.pick(sites)}` },
      values: {
        featureUpdateVersion: `Windows 11, version ${release}`,
        deployableContentDisplayName: `Windows 11, version ${release}`,
        endOfSupportDate: { '23H2': '2026-11-10', '24H2': '2027-10-12', '25H2': '2028-10-10' }[release] + 'T00:00:00Z',
        installLatestWindows10OnWindows11IneligibleDevice: dice.chance(0.3),
        installFeatureUpdatesOptional: dice.chance(0.2),
        rolloutSettings:
          at % 2 === 0
            ? null
            : {
                offerStartDateTimeInUTC: '2025-03-03T00:00:00Z',
                offerEndDateTimeInUTC: '2025-04-28T00:00:00Z',
                offerIntervalInDays: dice.pick([7, 14]),
              },
      },
      assign: { audience: 'windows' },
    };
  });
  tenant.repeat(tenant.counts.qualityUpdates, () => {
    const [release, label] = dice.pick([
      ['2025-09-09T00:00:00Z', '09/09/2025 - 2025.09 B SecurityUpdates for Windows 10 and later'],
      ['2026-02-10T00:00:00Z', '02/10/2026 - 2026.02 B SecurityUpdates for Windows 10 and later'],
    ] as const);
    return {
      collection: 'windowsQualityUpdateProfiles',
      name: { platform: 'Win', area: 'Expedite', purpose: label.slice(13, 22) },
      values: {
        expeditedUpdateSettings: { qualityUpdateRelease: release, daysUntilForcedReboot: dice.int(0, 2) },
        releaseDateDisplayName: label,
        deployableContentDisplayName: label,
      },
      assign: { audience: 'windows' },
    };
  });
  tenant.repeat(tenant.counts.driverUpdates, (at) => {
    const automatic = at % 4 !== 3;
    return {
      collection: 'windowsDriverUpdateProfiles',
      name: { platform: 'Win', area: 'Drivers', purpose: automatic ? `Ring ${at}` : 'Manual approval' },
      values: {
        approvalType: automatic ? 'automatic' : 'manual',
        deploymentDeferralInDays: automatic ? dice.pick([0, 7, 14]) : null,
        deviceReporting: dice.int(0, 4_000),
        newUpdates: dice.int(0, 30),
        inventorySyncStatus: {
          driverInventorySyncState: 'success',
          lastSuccessfulSyncDateTime: '2026-05-01T03:00:00Z',
        },
      },
      children: { driverInventories: driversOf(tenant, at, automatic) },
      assign: { audience: 'windows' },
    };
  });
}

const MAKERS: readonly (readonly [maker: string, classes: readonly string[]])[] = [
  ['Intel Corporation', ['Networking', 'Bluetooth', 'OtherHardware', 'Video']],
  ['Realtek', ['Sound', 'Networking']],
  ['Lenovo Ltd.', ['Firmware', 'OtherHardware']],
  ['Dell, Inc.', ['Firmware', 'OtherHardware']],
  ['Synaptics', ['OtherHardware', 'Biometric']],
  ['Advanced Micro Devices, Inc.', ['Video', 'OtherHardware']],
];
const FIRST_RELEASE = Date.UTC(2025, 0, 14);

/** Drivers that the devices of a profile could take: approved by themselves, or for a person to decide. */
function driversOf(tenant: TenantDraft, profile: number, automatic: boolean): GraphBody[] {
  const dice = tenant.dice(`drivers ${profile}`);
  return Array.from({ length: dice.int(6, 40) }, (_, at) => {
    const [manufacturer, classes] = dice.pick(MAKERS);
    const driverClass = dice.pick(classes);
    const version = `${dice.int(1, 31)}.${dice.int(0, 120)}.${dice.int(0, 9)}.${dice.int(1, 9999)}`;
    const releasedAt = FIRST_RELEASE + dice.int(0, 500) * 86_400_000;
    const decided = dice.pick(['needsReview', 'needsReview', 'approved', 'declined', 'suspended']);
    return {
      id: tenant.guid(`driver ${profile} ${at}`),
      name: `${manufacturer} - ${driverClass} - ${version}`,
      manufacturer,
      driverClass,
      version,
      category: dice.pick(['recommended', 'recommended', 'other', 'previouslyApproved']),
      approvalStatus: automatic ? 'approved' : decided,
      applicableDeviceCount: dice.int(1, 400),
      releaseDateTime: graphTime(releasedAt),
      deployDateTime: automatic || decided === 'approved' ? graphTime(releasedAt + 7 * 86_400_000) : NOT_DEPLOYED,
    };
  });
}

/** A time that is not set. */
const NOT_DEPLOYED = '0001-01-01T00:00:00Z';
