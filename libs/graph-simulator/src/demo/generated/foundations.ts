import type { GraphBody } from '../../store/graph-body.js';
import { addRoles } from './roles.js';
import type { TenantDraft } from './tenant-draft.js';

/** Platforms of ten filters, and a rule for each that Intune's filter language accepts. */
const FILTERS: readonly [platform: string, name: string, rule: (word: string) => string][] = [
  ['windows10AndLater', 'Corporate laptops', () => '(device.deviceOwnership -eq "Corporate")'],
  ['windows10AndLater', 'Model', (word) => `(device.model -startsWith "Latitude ${word}")`],
  ['iOS', 'Supervised', (word) => `(device.enrollmentProfileName -eq "ADE ${word}")`],
  ['androidForWork', 'Fully managed', (word) => `(device.enrollmentProfileName -startsWith "COBO ${word}")`],
  ['macOS', 'Apple silicon', () => '(device.model -contains "Mac1")'],
  ['windows10AndLater', 'Windows 11', () => '(device.osVersion -startsWith "10.0.2")'],
  ['iOSMobileApplicationManagement', 'Unmanaged iOS', () => '(app.deviceManagementType -eq "Unmanaged")'],
  ['androidMobileApplicationManagement', 'Unmanaged Android', () => '(app.deviceManagementType -eq "Unmanaged")'],
  ['windows10AndLater', 'Cloud PC', () => '(device.model -startsWith "Cloud PC")'],
  ['iOS', 'Personal', () => '(device.deviceOwnership -eq "Personal")'],
];

const APP_PLATFORM = /MobileApplicationManagement$/;

/** Filters, scope tags, roles, notifications, terms and categories: what policies refer to. */
export function addFoundations(tenant: TenantDraft): void {
  addScopeTags(tenant);
  addFilters(tenant);
  addRoles(tenant);
  addNotifications(tenant);
  addTerms(tenant);
  addCategories(tenant);
}

function addScopeTags(tenant: TenantDraft): void {
  const dice = tenant.dice('scope tags');
  tenant.add({
    collection: 'roleScopeTags',
    name: 'Default',
    values: { isBuiltIn: true },
    id: () => '0',
    dates: 'none',
    tagField: 'none',
    children: { assignments: [] },
    builtIn: true,
  });
  tenant.repeat(tenant.counts.scopeTags, (at) => {
    const id = String(at + 1);
    tenant.offerTag(id);
    const name = at % 3 === 0 ? `Country ${dice.pick(['DE', 'CH', 'PL', 'FR', 'PT', 'NL', 'US'])}` : 'Site';
    return {
      collection: 'roleScopeTags',
      name: name === 'Site' ? `Site ${dice.pick(tenant.company.sites)}` : name,
      values: { isBuiltIn: false },
      id: () => id,
      dates: 'none',
      tagField: 'none',
      assign: { audience: 'windows', everyone: false },
    };
  });
}

function addFilters(tenant: TenantDraft): void {
  const dice = tenant.dice('filters');
  for (let at = 0; at < tenant.counts.filters; at += 1) {
    const [platform, name, rule] = FILTERS[at % FILTERS.length] as (typeof FILTERS)[number];
    const words = dice.some(['54', '55', '74', 'shared', 'kiosk', 'sales', 'field', 'EU', 'US'], 1);
    const clauses = [rule(words[0] ?? '54')];
    if (dice.chance(0.3) && !APP_PLATFORM.test(platform))
      clauses.push(`(device.manufacturer -in ["Dell Inc.", "LENOVO"])`);
    const filter = tenant.add({
      collection: 'assignmentFilters',
      name: `${name} - ${dice.pick(tenant.company.sites)}`,
      values: {
        platform,
        rule: clauses.join(dice.chance(0.5) ? ' and ' : ' or '),
        assignmentFilterManagementType: APP_PLATFORM.test(platform) ? 'apps' : 'devices',
        payloads: [],
      },
      tagField: 'roleScopeTags',
    });
    tenant.offerFilter(platform, filter.object.id);
  }
}

const SUBJECTS: Record<string, [subject: string, text: string]> = {
  'en-us': ['Your device needs attention', 'Hello {{UserName}}, {{DeviceName}} no longer meets our rules.'],
  'de-de': ['Ihr Gerät braucht Aufmerksamkeit', 'Hallo {{UserName}}, {{DeviceName}} erfüllt unsere Regeln nicht mehr.'],
  'fr-fr': ['Votre appareil demande votre attention', "L'appareil {{DeviceName}} n'est plus conforme à nos règles."],
  'nl-nl': ['Uw apparaat vraagt aandacht', 'Hallo {{UserName}}, {{DeviceName}} voldoet niet meer aan onze regels.'],
  'pl-pl': ['Twoje urządzenie wymaga uwagi', 'Urządzenie {{DeviceName}} nie spełnia już naszych zasad.'],
};

function addNotifications(tenant: TenantDraft): void {
  const dice = tenant.dice('notifications');
  const { company } = tenant;
  tenant.repeat(tenant.counts.notifications, (at) => {
    const known = company.languages.filter((language) => language in SUBJECTS);
    const languages = known.slice(0, dice.int(1, known.length));
    return {
      collection: 'notificationMessageTemplates',
      name: `Non-compliance ${dice.pick(['day 1', 'day 3', 'day 7', 'final', 'encryption', 'OS version'])} ${at + 1}`,
      values: {
        defaultLocale: languages[0] ?? 'en-us',
        brandingOptions: dice.pick(['none', 'includeCompanyLogo,includeCompanyName', 'includeContactInformation']),
      },
      dates: 'modified',
      children: {
        localizedNotificationMessages: languages.map((locale, order): GraphBody => {
          const [subject, text] = SUBJECTS[locale] ?? ['', ''];
          return {
            id: tenant.guid(`message ${at} ${locale}`),
            lastModifiedDateTime: '2024-05-06T07:08:09.1234567Z',
            locale,
            subject,
            messageTemplate: `${text}\r\n\r\nIT ${company.name}, helpdesk@${company.domain}`,
            isDefault: order === 0,
          };
        }),
      },
    };
  });
}

function addTerms(tenant: TenantDraft): void {
  const dice = tenant.dice('terms');
  tenant.repeat(tenant.counts.terms, () => ({
    collection: 'termsAndConditions',
    name: `Terms of use - ${dice.pick(['employees', 'partners', 'own devices', 'Betriebsvereinbarung'])}`,
    values: {
      title: 'Use of company data',
      bodyText:
        '1. Company data stays in company apps.\n2. Report a lost device within a day.\n3. The device can be wiped.',
      acceptanceStatement: 'I have read this and agree.',
      version: dice.int(1, 6),
    },
    assign: { audience: 'users' },
  }));
}

function addCategories(tenant: TenantDraft): void {
  const names = ['Office', 'Field', 'Kiosk', 'Shared', 'Lab', 'Board', 'Warehouse', 'Training', 'Reception', 'Vehicle'];
  tenant.repeat(tenant.counts.categories, (at) => ({
    collection: 'deviceCategories',
    name: at < names.length ? (names[at] ?? '') : `${names[at % names.length] ?? ''} (old ${at})`,
    values: {},
    dates: 'none',
  }));
}
