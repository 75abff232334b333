import type { GraphBody } from '../../store/graph-body.js';
import { without } from './bodies.js';
import type { Dice } from './dice.js';
import { emergencyId } from './people.js';
import type { Draft, TenantDraft } from './tenant-draft.js';

/** Microsoft's strengths: fixed ids and what each allows (Microsoft Learn, "Authentication strengths"). */
const STRENGTHS: readonly [id: string, name: string, combinations: string[]][] = [
  [
    '00000000-0000-0000-0000-000000000002',
    'Multifactor authentication',
    ['windowsHelloForBusiness', 'fido2', 'deviceBasedPush', 'temporaryAccessPassOneTime'],
  ],
  [
    '00000000-0000-0000-0000-000000000003',
    'Passwordless MFA',
    ['windowsHelloForBusiness', 'fido2', 'x509CertificateMultiFactor', 'deviceBasedPush'],
  ],
  [
    '00000000-0000-0000-0000-000000000004',
    'Phishing-resistant MFA',
    ['windowsHelloForBusiness', 'fido2', 'x509CertificateMultiFactor'],
  ],
];
/** Exchange Online, SharePoint Online and the Azure management API: the same ids in every tenant. */
const APPS = [
  '00000002-0000-0ff1-ce00-000000000000',
  '00000003-0000-0ff1-ce00-000000000000',
  '797f4846-ba00-4fd7-ba43-dac1f8f63013',
];
/** Global Administrator and Security Administrator (Microsoft Learn, "Microsoft Entra built-in roles"). */
const ROLES = ['62e90394-69f5-4237-9190-012177145e10', '194ae4cb-b126-40b2-bd5b-6091b380977d'];
const COUNTRIES = [
  'DE',
  'CH',
  'PL',
  'FR',
  'PT',
  'NL',
  'DK',
  'IE',
  'GB',
  'BR',
  'US',
  'CA',
  'JP',
  'IN',
  'CZ',
  'SE',
  'ES',
  'IT',
];

/** Named locations, authentication strengths and the policies that refer to them. */
export function addConditionalAccess(tenant: TenantDraft): void {
  const dice = tenant.dice('conditional access');
  addLocations(tenant, dice);
  addStrengths(tenant, dice);
  tenant.repeat(tenant.counts.conditionalAccess, (at) => ({
    collection: 'conditionalAccessPolicies',
    name: `CA${String(at + 1).padStart(3, '0')}: ${dice.pick(NAMES)}`,
    values: {
      state: dice.pick(['enabled', 'enabled', 'enabled', 'disabled', 'enabledForReportingButNotEnforced']),
      conditions: conditions(tenant, dice, at),
      grantControls: grant(tenant, dice),
      sessionControls: session(dice),
    },
    dates: 'entra',
    tagField: 'none',
    described: false,
  }));
}

const NAMES = [
  'Require MFA for all users',
  'Require compliant device - Office 365',
  'Block legacy authentication',
  'Admins: phishing-resistant sign-in',
  'Guests & partners: MFA and terms',
  'Block high sign-in risk',
  'Device registration needs MFA',
  'Unmanaged browsers: no download',
  'Azure management: compliant device',
  'Block unknown countries',
  'Mobile: approved apps only',
  'Session 8 h on shared desks',
];

function addLocations(tenant: TenantDraft, dice: Dice): void {
  tenant.repeat(tenant.counts.namedLocations, (at): Draft => {
    const site = dice.pick(tenant.company.sites);
    const common = { collection: 'namedLocations', dates: 'entra', tagField: 'none', described: false } as const;
    if (at % 4 === 1) {
      const countries = dice.some(COUNTRIES, dice.int(1, 8)).sort();
      return {
        ...common,
        name: `Countries ${dice.pick(['allowed', 'travel', 'blocked', 'Vertrieb'])}`,
        values: {
          '@odata.type': '#microsoft.graph.countryNamedLocation',
          countriesAndRegions: countries,
          countryLookupMethod: 'clientIpAddress',
          includeUnknownCountriesAndRegions: dice.chance(0.2),
        },
      };
    }
    const ranges = Array.from({ length: dice.pick([1, 2, 3, 40]) }, (_, order): GraphBody =>
      order % 5 === 4
        ? { '@odata.type': '#microsoft.graph.iPv6CidrRange', cidrAddress: `2001:db8:${at}:${order}::/64` }
        : { '@odata.type': '#microsoft.graph.iPv4CidrRange', cidrAddress: `198.51.100.${(order * 4) % 256}/30` },
    );
    return {
      ...common,
      name: `Office ${site}`,
      values: {
        '@odata.type': '#microsoft.graph.ipNamedLocation',
        isTrusted: dice.chance(0.7),
        ipRanges: ranges,
      },
    };
  });
}

function addStrengths(tenant: TenantDraft, dice: Dice): void {
  const common = { collection: 'authenticationStrengthPolicies', dates: 'entra', tagField: 'none' } as const;
  for (const [id, name, allowedCombinations] of STRENGTHS) {
    const values = { policyType: 'builtIn', requirementsSatisfied: 'mfa', allowedCombinations };
    tenant.add({ ...common, name, values, id: () => id, children: { combinationConfigurations: [] }, builtIn: true });
  }
  tenant.repeat(tenant.counts.authenticationStrengths, (at) => ({
    ...common,
    name: dice.pick(['Keys for admins', 'Keys & certificates', 'External partners', 'Break glass']),
    values: {
      policyType: 'custom',
      requirementsSatisfied: 'mfa',
      allowedCombinations: dice.some(
        ['fido2', 'windowsHelloForBusiness', 'x509CertificateMultiFactor'],
        dice.int(1, 3),
      ),
    },
    children: {
      combinationConfigurations:
        at % 2 === 0
          ? []
          : [
              {
                '@odata.type': '#microsoft.graph.fido2CombinationConfiguration',
                id: tenant.guid(`combination ${at}`),
                allowedAAGUIDs: [tenant.guid('security key')],
                appliesToCombinations: ['fido2'],
              },
            ],
    },
  }));
}

function conditions(tenant: TenantDraft, dice: Dice, at: number): GraphBody {
  const locations = tenant.idsOf('namedLocations');
  const forRoles = at % 6 === 1;
  const everybody = !forRoles && dice.chance(0.5);
  const withLocations = locations.length > 0 && dice.chance(0.4);
  return {
    userRiskLevels: [],
    signInRiskLevels: dice.chance(0.15) ? ['high'] : [],
    servicePrincipalRiskLevels: [],
    clientAppTypes: dice.pick([['all'], ['browser', 'mobileAppsAndDesktopClients'], ['exchangeActiveSync', 'other']]),
    platforms: dice.chance(0.3)
      ? {
          includePlatforms: dice.some(['android', 'iOS', 'windows', 'macOS', 'linux'], dice.int(1, 3)),
          excludePlatforms: [],
        }
      : null,
    locations: withLocations
      ? { includeLocations: ['All'], excludeLocations: ['AllTrusted', ...dice.some(locations, dice.int(0, 2))] }
      : null,
    devices: dice.chance(0.15)
      ? {
          includeDevices: [],
          excludeDevices: [],
          deviceFilter: { mode: 'exclude', rule: 'device.isCompliant -eq True' },
        }
      : null,
    clientApplications: null,
    applications: {
      includeApplications: dice.pick([['All'], ['Office365'], dice.some(APPS, 2)]),
      excludeApplications: dice.chance(0.1) ? dice.some(APPS, 1) : [],
      includeUserActions: [],
      includeAuthenticationContextClassReferences: [],
      applicationFilter: null,
    },
    users: {
      includeUsers: everybody ? ['All'] : [],
      excludeUsers: [emergencyId(tenant.company)],
      includeGroups: everybody || forRoles ? [] : [tenant.assigner.group('users')],
      excludeGroups: dice.chance(0.6) ? [tenant.assigner.group('exclusions')] : [],
      includeRoles: forRoles ? [...ROLES] : [],
      excludeRoles: [],
      includeGuestsOrExternalUsers: null,
      excludeGuestsOrExternalUsers: null,
    },
  };
}

function grant(tenant: TenantDraft, dice: Dice): GraphBody | null {
  const roll = dice.next();
  if (roll < 0.1) return null;
  const common: GraphBody = { operator: 'OR', customAuthenticationFactors: [], termsOfUse: [] };
  if (roll < 0.3) return { ...common, builtInControls: ['block'], authenticationStrength: null };
  if (roll < 0.5) {
    const strength = dice.pick(tenant.of('authenticationStrengthPolicies'));
    const shown = without(strength.object, 'description');
    return { ...common, builtInControls: [], authenticationStrength: { ...shown, combinationConfigurations: [] } };
  }
  const builtInControls = dice.pick([
    ['mfa'],
    ['compliantDevice'],
    ['mfa', 'compliantDevice'],
    ['compliantApplication'],
  ]);
  return { ...common, operator: dice.pick(['OR', 'AND']), builtInControls, authenticationStrength: null };
}

function session(dice: Dice): GraphBody | null {
  if (dice.chance(0.6)) return null;
  return {
    disableResilienceDefaults: null,
    applicationEnforcedRestrictions: dice.chance(0.3) ? { isEnabled: true } : null,
    cloudAppSecurity: dice.chance(0.2) ? { isEnabled: true, cloudAppSecurityType: 'blockDownloads' } : null,
    persistentBrowser: dice.chance(0.3) ? { isEnabled: true, mode: 'never' } : null,
    signInFrequency: {
      isEnabled: true,
      value: dice.pick([1, 8, 12]),
      type: 'hours',
      authenticationType: 'primaryAndSecondaryAuthentication',
      frequencyInterval: 'timeBased',
    },
    continuousAccessEvaluation: null,
    secureSignInSession: null,
  };
}
