import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const ROOT = path.resolve(import.meta.dirname, '../..');
const CRUISER = path.join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

interface Violation {
  rule: string;
  from: string;
  to: string;
}

function violationsIn(directory: string, folders: readonly string[]): Violation[] {
  const config = path.join(import.meta.dirname, 'import-rules.cjs');
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [CRUISER, '--config', config, '--output-type', 'json', ...folders],
    { cwd: directory, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 },
  );
  if (stdout === '') throw new Error(`dependency-cruiser said nothing but: ${stderr}`);
  const { summary } = JSON.parse(stdout) as {
    summary: { violations: { from: string; to: string; rule: { name: string } }[] };
  };
  return summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }));
}

/** The files of a folder, relative to the project, specs left out. */
function sourcesOf(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
    .map((file) => path.posix.join(folder, file));
}

/** Whether a text imports `name` as a value or a type from a module whose path ends in `source`. */
function importsName(text: string, name: string, source: string): boolean {
  const imports = text.matchAll(/import\s+(?:type\s+)?\{([^}]*)\}\s+from\s+'([^']+)'/g);
  return [...imports].some(
    ([, names = '', from = '']) => from.endsWith(source) && new RegExp(`\\b${name}\\b`).test(names),
  );
}

function importersOf(name: string, source: string): string[] {
  return sourcesOf('src').filter((file) => importsName(readFileSync(path.join(ROOT, file), 'utf8'), name, source));
}

describe('the import rules', () => {
  it('hold for every file', () => {
    expect(violationsIn(ROOT, ['src', 'libs', 'migrations'])).toEqual([]);
  }, 120_000);

  it('keep SQL without a tenant to the platform, tenancy, the run engine, the scheduler and notifications', () => {
    const allowed = /^src\/(?:platform|start|modules\/(?:tenancy|operations|notifications|schedules\/data))\//;
    expect(importersOf('Database', 'platform/database/database.js').filter((file) => !allowed.test(file))).toEqual([]);
  });

  it('keep the making of tenant scopes to the access guard, the run engine, the scheduler and provisioning', () => {
    const allowed =
      /^src\/(?:platform\/access\/|modules\/operations\/|modules\/(?:tenancy\/tenancy\.provisioning|schedules\/schedule-scope)\.ts$)/;
    expect(importersOf('grantTenantScope', '/tenant-scope.js').filter((file) => !allowed.test(file))).toEqual([]);
  });

  it('keep barrels out of src', () => {
    expect(sourcesOf('src').filter((file) => path.basename(file) === 'index.ts')).toEqual([]);
  });

  it('keep forwardRef out of src', () => {
    const users = sourcesOf('src').filter((file) => readFileSync(path.join(ROOT, file), 'utf8').includes('forwardRef'));
    expect(users).toEqual([]);
  });
});

describe('the import rules bite', () => {
  /** Each file breaks the rule that it is named beside, and its target exists. */
  const BROKEN: [rule: string, from: string, to: string][] = [
    ['libs-stand-alone', 'libs/run-kit/src/x.ts', 'src/platform/time/clock.ts'],
    ['simulator-and-client-are-strangers', 'libs/graph-client/src/x.ts', 'libs/graph-simulator/src/y.ts'],
    ['simulator-stays-outside', 'src/modules/inventory/x.service.ts', 'libs/graph-simulator/src/y.ts'],
    ['platform-knows-no-domain', 'src/platform/x/x.ts', 'src/modules/tenancy/tenancy.facade.ts'],
    ['modules-do-not-look-up', 'src/modules/drift/x.service.ts', 'src/producers/one/one.ts'],
    ['producers-do-not-look-up', 'src/producers/two/two.ts', 'src/producers/one/one.ts'],
    ['contexts-are-for-processes', 'src/producers/three/x.ts', 'src/contexts/api.module.ts'],
    ['start-is-an-end', 'src/platform/y/y.ts', 'src/start/start.ts'],
    ['ops-is-an-end', 'src/platform/u/u.ts', 'src/ops/terminal.ts'],
    ['ops-sees-operations-alone', 'src/ops/x.ts', 'src/modules/tenancy/tenancy.facade.ts'],
    ['ops-sees-operations-alone', 'src/ops/y.ts', 'src/modules/schedules/schedules.facade.ts'],
    ['doors-between-modules', 'src/modules/restore/x.service.ts', 'src/modules/operations/work/inside.ts'],
    ['no-http-module-from-a-module', 'src/modules/drift/y.module.ts', 'src/modules/tenancy/tenancy.http.module.ts'],
    ['doors-for-producers', 'src/producers/four/x.ts', 'src/modules/operations/work/inside.ts'],
    ['contexts-import-modules-only', 'src/contexts/x.module.ts', 'src/modules/operations/work/inside.ts'],
    ['order-tenancy', 'src/modules/tenancy/x.service.ts', 'src/modules/operations/operation-run.service.ts'],
    ['order-operations', 'src/modules/operations/x.ts', 'src/modules/drift/drift.facade.ts'],
    ['order-directory', 'src/modules/directory/x.ts', 'src/modules/inventory/inventory.facade.ts'],
    ['order-inventory', 'src/modules/inventory/x.ts', 'src/modules/drift/drift.facade.ts'],
    ['order-backup-sets', 'src/modules/backup-sets/x.ts', 'src/modules/drift/drift.facade.ts'],
    ['order-drift', 'src/modules/drift/x.ts', 'src/modules/restore/restore.facade.ts'],
    ['order-restore', 'src/modules/restore/x.ts', 'src/modules/drift/drift.facade.ts'],
    ['order-schedules', 'src/modules/schedules/x.ts', 'src/modules/drift/drift.facade.ts'],
    ['order-overview', 'src/modules/overview/x.ts', 'src/modules/directory/directory.facade.ts'],
    ['order-notifications', 'src/modules/notifications/x.ts', 'src/modules/inventory/inventory.facade.ts'],
    ['nobody-imports-notifications', 'src/modules/drift/z.ts', 'src/modules/notifications/notifications.facade.ts'],
    ['monitoring-renders-from-the-database', 'src/modules/operations/y.ts', 'libs/graph-client/src/graph-client.ts'],
    ['sql-has-two-doors', 'src/modules/drift/sql.ts', 'node_modules/pg/index.ts'],
    ['migrations-stay-what-they-were', 'migrations/1790000009000-X.ts', 'src/platform/time/clock.ts'],
    ['tests-are-an-end', 'src/platform/z/z.ts', 'libs/run-kit/testing/perform-run.ts'],
    ['web-is-separate', 'web/src/x.ts', 'src/platform/time/clock.ts'],
    ['nobody-imports-web', 'src/platform/w/w.ts', 'web/src/app.ts'],
    ['resolvable', 'src/platform/v/v.ts', 'src/platform/v/nowhere.ts'],
    ['no-cycle', 'src/platform/cycle/a.ts', 'src/platform/cycle/b.ts'],
  ];
  const ALLOWED: [from: string, to: string][] = [
    ['src/platform/cycle/b.ts', 'src/platform/cycle/a.ts'],
    ['src/modules/notifications/fine.ts', 'src/modules/inventory/inventory.facts.ts'],
    ['src/modules/drift/fine.ts', 'src/modules/operations/operation-run.service.ts'],
    ['src/modules/drift/fine.spec.ts', 'libs/run-kit/testing/perform-run.ts'],
    ['src/producers/five/fine.ts', 'src/modules/inventory/inventory.facade.ts'],
    ['src/ops/fine.ts', 'src/modules/operations/work/inside.ts'],
    ['src/ops/fine-too.ts', 'src/modules/schedules/bell-doctor.facade.ts'],
    ['src/start/fine.ts', 'libs/graph-simulator/src/y.ts'],
  ];
  let directory: string;
  let found: Violation[];

  beforeAll(() => {
    directory = mkdtempSync(path.join(tmpdir(), 'import-rules-'));
    const write = (file: string, text: string): void => {
      mkdirSync(path.join(directory, path.dirname(file)), { recursive: true });
      writeFileSync(path.join(directory, file), text);
    };
    const pairs = [...BROKEN.map(([, from, to]): [string, string] => [from, to]), ...ALLOWED];
    for (const [, to] of pairs) if (!to.endsWith('nowhere.ts')) write(to, 'export const value = 1;\n');
    for (const [from, to] of pairs) {
      const relative = path.posix.relative(path.posix.dirname(from), to).replace(/\.ts$/, '.js');
      write(from, `export { value } from '${relative.startsWith('.') ? relative : `./${relative}`}';\n`);
    }
    write('package.json', '{"type": "module"}');
    found = violationsIn(directory, ['src', 'libs', 'migrations', 'web']);
  }, 120_000);

  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it.each(BROKEN)('%s: %s may not import %s', (rule, from) => {
    expect(found.filter((violation) => violation.from === from).map((violation) => violation.rule)).toContain(rule);
  });

  it.each(ALLOWED.slice(1))('%s may import %s', (from) => {
    expect(found.filter((violation) => violation.from === from)).toEqual([]);
  });
});
