import type { GraphBody } from '../../store/graph-body.js';
import { APP_KINDS, type AppKind, type Product } from './app-kinds.js';
import type { Dice } from './dice.js';
import type { Draft, TenantDraft } from './tenant-draft.js';

/** The date that Microsoft's own app categories carry. */
const NEVER = '0001-01-01T00:00:00Z';
const CATEGORIES = ['Business', 'Collaboration & Social', 'Computer management', 'Data management', 'Productivity'];
const PUBLISHERS = ['Ledger & Sons', 'Birch Software', 'Ember Labs', 'Comet GmbH', 'Delta S.A.', '株式会社コメット'];
const PRODUCTS = [
  'Ledger Client',
  '7-Pack',
  'PDF Reader',
  'CAD Viewer',
  'Scan Station',
  'VPN Client',
  'Note Board',
  'Remote Help',
  'Print Driver',
  'ERP GUI',
  'Time Sheet',
  'Code Editor',
  'Media Player',
  'Java Runtime',
  'Visual C++ 2015-2022',
  'Label Printer #4',
  'Translator',
  'Password Safe',
  'Screen Recorder',
  'Sales Companion',
  'Shift Planner',
  'Safety Checklists',
];

/** Apps with their categories; some replace or need another. */
export function addApps(tenant: TenantDraft): void {
  const dice = tenant.dice('apps');
  const categories = addCategories(tenant);
  const kinds = APP_KINDS.flatMap((kind) => Array.from({ length: kind.weight }, () => kind));
  tenant.repeat(tenant.counts.apps, (at) => app(tenant, dice, APP_KINDS[at] ?? dice.pick(kinds), categories));
  for (const { object, children } of tenant.of('mobileApps'))
    object.isAssigned = (children.assignments ?? []).length > 0;
  addRelations(tenant, dice);
}

function addCategories(tenant: TenantDraft): GraphBody[] {
  return CATEGORIES.map((name) => {
    const { object } = tenant.add({
      collection: 'mobileAppCategories',
      name,
      values: { lastModifiedDateTime: NEVER },
      dates: 'none',
      tagField: 'none',
      described: false,
      builtIn: true,
    });
    return object;
  });
}

function productOf(dice: Dice): Product {
  const name = dice.pick(PRODUCTS);
  const publisher = dice.pick(PUBLISHERS);
  const words = `${publisher.split(' ')[0] ?? ''}.${name}`.normalize('NFKD').toLowerCase();
  return {
    name,
    publisher,
    bundle: `com.${words.replaceAll(/[^a-z0-9.]/g, '').replace(/^\./, 'comet.')}`,
    version: `${dice.int(1, 124)}.${dice.int(0, 20)}.${dice.int(0, 9999)}`,
  };
}

function app(tenant: TenantDraft, dice: Dice, kind: AppKind, categories: readonly GraphBody[]): Draft {
  const product = productOf(dice);
  const { type, settings } = kind;
  const name = dice.pick([
    product.name,
    `${product.name} ${product.version}`,
    `${product.name} (${product.publisher})`,
  ]);
  return {
    collection: 'mobileApps',
    name,
    values: {
      '@odata.type': `#microsoft.graph.${type}`,
      publisher: product.publisher,
      largeIcon: null,
      isFeatured: dice.chance(0.1),
      privacyInformationUrl: dice.pick([null, '', 'https://example.com/privacy?a=1&b=2']),
      informationUrl: null,
      owner: dice.pick(['', ...tenant.company.departments]),
      developer: '',
      notes: dice.pick(['', '', null, 'Packaged by hand; "silent" needs /S']),
      publishingState: 'published',
      uploadState: type === 'win32LobApp' ? 1 : 0,
      dependentAppCount: 0,
      supersedingAppCount: 0,
      supersededAppCount: 0,
      isAssigned: false,
      ...kind.values(product, dice, tenant.company),
    },
    children: {
      categories: dice.chance(0.6) ? dice.some(categories, dice.int(1, 2)).map((category) => ({ ...category })) : [],
      relationships: [],
    },
    assign: {
      audience: kind.audience,
      filters: [kind.filter],
      extra: () => ({
        intent: dice.pick(['required', 'required', 'available', 'available', 'uninstall']),
        settings: settings === undefined ? null : settings(dice),
      }),
    },
  };
}

/** Of twelve Win32 apps one takes the place of the one before it, and one needs it. */
function addRelations(tenant: TenantDraft, dice: Dice): void {
  const apps = tenant.of('mobileApps').filter(({ object }) => object['@odata.type'] === '#microsoft.graph.win32LobApp');
  for (const [at, source] of apps.entries()) {
    const target = apps[at - 1];
    if (target === undefined || at % 6 !== 5) continue;
    const supersedes = at % 12 === 11;
    source.children.relationships = [
      {
        '@odata.type': `#microsoft.graph.mobileApp${supersedes ? 'Supersedence' : 'Dependency'}`,
        id: `${source.object.id}_${target.object.id}`,
        targetId: target.object.id,
        targetDisplayName: target.object.displayName ?? null,
        targetDisplayVersion: target.object.displayVersion ?? null,
        targetPublisher: target.object.publisher ?? null,
        targetType: 'child',
        ...(supersedes
          ? { supersedenceType: dice.pick(['update', 'replace']), supersededAppCount: 1, supersedingAppCount: 0 }
          : { dependencyType: dice.pick(['detect', 'autoInstall']), dependentAppCount: 0, dependsOnAppCount: 1 }),
      },
    ];
    if (supersedes) {
      source.object.supersededAppCount = 1;
      target.object.supersedingAppCount = 1;
    } else target.object.dependentAppCount = 1;
  }
}
