import path from 'node:path';

const rootDir = path.resolve(import.meta.dirname, '..');

const common = {
  rootDir,
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^#libs/(.*)\\.js$': '<rootDir>/libs/$1.ts', '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        },
        module: { type: 'es6' },
      },
    ],
  },
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/web/(dist|node_modules)', '<rootDir>/.data'],
};

/** unit: no server. The others get a PostgreSQL of their own from test/support/global-setup. */
export default {
  rootDir,
  reporters: ['default', path.join(rootDir, 'test/support/totals-reporter.mjs')],
  // Specs boot whole processes and databases on two busy cores; a limit is a stop for hangs, not a measure.
  testTimeout: 60_000,
  // A process keeps the modules of every spec that it ran. One process for all of them would spend its time on collecting
  // garbage; so there are two beside Jest's own, even on two cores, and one that has grown is exchanged for a new one.
  maxWorkers: 2,
  workerIdleMemoryLimit: '1GB',
  projects: [
    { ...common, displayName: 'unit', testMatch: ['<rootDir>/{src,libs,web/src}/**/*.spec.ts'] },
    { ...common, displayName: 'architecture', testMatch: ['<rootDir>/test/architecture/**/*.spec.ts'] },
    { ...common, displayName: 'model', testMatch: ['<rootDir>/test/model/**/*.spec.ts'] },
    {
      ...common,
      displayName: 'integration',
      testMatch: ['<rootDir>/test/integration/**/*.int-spec.ts'],
      globalSetup: '<rootDir>/test/support/global-setup.mjs',
      globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
    },
    {
      ...common,
      displayName: 'e2e',
      testMatch: ['<rootDir>/test/e2e/**/*.e2e-spec.ts'],
      globalSetup: '<rootDir>/test/support/global-setup.mjs',
      globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
    },
  ],
};
