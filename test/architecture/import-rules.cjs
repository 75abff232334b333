/**
 * Imports point one way: contexts -> producers -> modules (by their doors only) -> platform -> libs. What of a file may
 * be imported by name only (`Database`, `grantTenantScope`) is checked in import-rules.spec.ts.
 */

/** Which other modules a module may import; a module that is not here may import none. */
const MAY_IMPORT = {
  tenancy: [],
  operations: ['tenancy'],
  directory: ['tenancy', 'operations'],
  inventory: ['tenancy', 'operations'],
  'backup-sets': ['tenancy', 'operations', 'directory', 'inventory'],
  drift: ['tenancy', 'operations', 'directory', 'inventory', 'backup-sets'],
  restore: ['tenancy', 'operations', 'directory', 'inventory', 'backup-sets'],
  schedules: ['tenancy', 'operations'],
  // It keeps nothing and decides nothing: one page sums up what the others know, and nobody depends on it.
  overview: ['tenancy', 'operations', 'inventory', 'backup-sets', 'drift', 'schedules'],
  notifications: ['tenancy'],
};

const anyOf = (names) => `(?:${names.join('|')})`;
const MODULES = '^src/modules/';
const FACTS = '^src/modules/[^/]+/[^/]+\\.facts\\.ts$';
const DOORS = [
  '^src/modules/[^/]+/[^/]+\\.(?:module|facade|facts)\\.ts$',
  '^src/modules/operations/(?:operation-run\\.service|starts-run\\.decorator|run-scope)\\.ts$',
  '^src/modules/operations/registry/run-registry\\.ts$',
];
const HTTP_MODULES = '^src/modules/[^/]+/[^/]+\\.http\\.module\\.ts$';
const SPECS = '\\.spec\\.ts$';

const error = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const order = Object.entries(MAY_IMPORT).map(([name, allowed]) =>
  error(
    `order-${name}`,
    `${name} imports ${allowed.length === 0 ? 'no other module' : `only ${allowed.join(', ')}`}.`,
    { path: `${MODULES}${name}/`, pathNot: SPECS },
    {
      path: MODULES,
      pathNot: [`${MODULES}${anyOf([name, ...allowed])}/`, ...(name === 'notifications' ? [FACTS] : [])],
    },
  ),
);

module.exports = {
  forbidden: [
    error('no-cycle', 'Two files that need each other are one thing, or three.', {}, { circular: true }),
    error('resolvable', 'Every import leads somewhere.', {}, { couldNotResolve: true }),
    error(
      'libs-stand-alone',
      'A library imports nothing of the application.',
      { path: '^libs/' },
      { path: '^(?:src|migrations|web|bench)/' },
    ),
    error(
      'simulator-and-client-are-strangers',
      'Each would otherwise agree with the other instead of with Microsoft Graph.',
      { path: '^libs/graph-(client|simulator)/', pathNot: SPECS },
      { path: '^libs/graph-(?:client|simulator)/', pathNot: '^libs/graph-$1/' },
    ),
    error(
      'simulator-stays-outside',
      'Only the one-machine start runs the simulator.',
      { path: '^(?:src|migrations)/', pathNot: ['^src/start(?:/|\\.ts$)', SPECS] },
      { path: '^libs/graph-simulator/' },
    ),
    error(
      'platform-knows-no-domain',
      'The platform stands below the modules.',
      { path: '^src/platform/', pathNot: SPECS },
      { path: '^src/(?!platform/)' },
    ),
    error(
      'modules-do-not-look-up',
      'A module knows neither producers nor processes.',
      { path: MODULES, pathNot: SPECS },
      { path: '^src/(?!modules/|platform/)' },
    ),
    error(
      'producers-do-not-look-up',
      'A producer knows modules, never processes or another producer.',
      { path: '^src/producers/([^/]+)/', pathNot: SPECS },
      { path: '^src/(?!modules/|platform/)', pathNot: '^src/producers/$1/' },
    ),
    error(
      'contexts-are-for-processes',
      'Only the entry points and the contexts themselves import a context.',
      { path: '^src/', pathNot: ['^src/contexts/', '^src/[^/]+\\.ts$'] },
      { path: '^src/contexts/' },
    ),
    error(
      'start-is-an-end',
      "The one-machine start is imported by nothing else, but for the operator's tool, which finds its database there.",
      { path: '^src/', pathNot: '^src/(?:start/|start\\.ts$|ops\\.ts$)' },
      { path: '^src/start/' },
    ),
    error(
      'ops-is-an-end',
      "The operator's tool is imported by nothing else.",
      { path: '^src/', pathNot: '^src/(?:ops/|ops\\.ts$)' },
      { path: '^src/ops/' },
    ),
    error(
      'ops-sees-operations-alone',
      "The operator's tool asks the run engine, the schedules by their door for it, and no other module.",
      { path: '^src/ops/', pathNot: SPECS },
      { path: '^src/(?!ops/|platform/|modules/operations/|modules/schedules/bell-doctor\\.facade\\.ts$)' },
    ),
    error(
      'doors-between-modules',
      'Another module is reached by its module, facade and facts alone.',
      { path: `${MODULES}([^/]+)/`, pathNot: SPECS },
      { path: MODULES, pathNot: [`${MODULES}$1/`, ...DOORS] },
    ),
    error(
      'no-http-module-from-a-module',
      'Controllers live in the API process alone.',
      { path: `${MODULES}([^/]+)/`, pathNot: SPECS },
      { path: HTTP_MODULES, pathNot: `${MODULES}$1/` },
    ),
    error(
      'doors-for-producers',
      'A producer reaches a module by its module, facade and facts alone.',
      { path: '^src/producers/', pathNot: SPECS },
      { path: MODULES, pathNot: DOORS },
    ),
    error(
      'contexts-import-modules-only',
      'A context lists modules and knows nothing of their insides.',
      { path: '^src/contexts/', pathNot: SPECS },
      { path: MODULES, pathNot: ['^src/modules/[^/]+/[^/]+\\.module\\.ts$'] },
    ),
    ...order,
    error(
      'nobody-imports-notifications',
      'Notifications listen; nobody talks to them.',
      { path: '^src/(?!modules/notifications/|contexts/|[^/]+\\.ts$)' },
      { path: '^src/modules/notifications/' },
    ),
    error(
      'monitoring-renders-from-the-database',
      'Operations never reach Microsoft Graph.',
      { path: '^src/modules/operations/' },
      { path: '^libs/graph-client/' },
    ),
    error(
      'sql-has-two-doors',
      'SQL goes through Database and TenantDatabase; drivers stay in the platform, tenancy and the starter.',
      { path: '^src/(?!platform/|start/|modules/tenancy/)', pathNot: SPECS },
      { path: 'node_modules/(?:typeorm|pg|ioredis|bullmq)/' },
    ),
    error(
      'migrations-stay-what-they-were',
      'A migration imports nothing but TypeORM.',
      { path: '^migrations/' },
      { pathNot: 'node_modules/typeorm/' },
    ),
    error(
      'tests-are-an-end',
      'Only tests import tests and testing helpers.',
      { path: '^(?:src|libs|migrations|web/src)/', pathNot: [SPECS, '/testing/'] },
      { path: ['^test/', '/testing/', SPECS], pathNot: 'node_modules/' },
    ),
    error(
      'web-is-separate',
      'The web UI knows the HTTP contract and the access model, nothing else of ours.',
      { path: '^web/' },
      { path: '^(?:src|migrations|libs/(?!access-model/))' },
    ),
    error(
      'nobody-imports-web',
      'The server serves the built web UI as files.',
      { path: '^(?:src|libs|migrations)/' },
      { path: '^web/' },
    ),
    error(
      'no-development-package-at-run-time',
      'What runs is a dependency of what is shipped.',
      { path: '^(?:src|libs|migrations)/', pathNot: [SPECS, '/testing/'] },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg'], dependencyTypesNot: ['type-only'] },
    ),
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^dist'] },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    webpackConfig: { fileName: `${__dirname}/resolve.cjs` },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
