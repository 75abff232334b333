import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import os from 'node:os';
import { parseArgs } from 'node:util';
import { ROOT } from './runs/engine/environment.mjs';
import { spreadOf } from './runs/report/statistics.mjs';
import { round, table } from './runs/report/table.mjs';
import { startServers } from './runs/servers/servers.mjs';
import { Chromium } from './web/chromium.mjs';
import { pace } from './web/pace.mjs';
import { PAGES } from './web/pages.mjs';
import { startTenant } from './web/tenant.mjs';
import { visit } from './web/visit.mjs';

/** The built pages in Chromium, slowed down, on a tenant with a long history; the report is Markdown on the standard output. */
const { values } = parseArgs({
  options: {
    runs: { type: 'string' },
    rounds: { type: 'string' },
    quick: { type: 'boolean' },
    markdown: { type: 'string' },
  },
});
const RUNS = Number(values.runs ?? (values.quick === true ? 100_000 : 1_000_000));
const ROUNDS = Number(values.rounds ?? (values.quick === true ? 3 : 7));
const SLOW_DOWN = 4;
const WANTED = { paintMs: 1_500, scriptKilobytes: 250, monitoringMs: 1_000, apiRounds: 2, shift: 0.1 };

const begin = Date.now();
const say = (/** @type {string} */ sentence) => {
  process.stderr.write(`[${Math.round((Date.now() - begin) / 1000)} s] ${sentence}\n`);
};
const executablePath =
  process.env.CHROMIUM_PATH ?? ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((file) => existsSync(file));
if (executablePath === undefined) throw new Error('Chromium is not installed; CHROMIUM_PATH names one.');
if (!existsSync(`${ROOT}web/dist/index.html`)) throw new Error('The pages are not built; run npm run build first.');

const servers = await startServers();
/** What has to end before the servers do, the last first. */
const ends = [() => servers.stop()];
const stop = async () => {
  for (const end of ends.splice(0).reverse()) await end();
};
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void stop().finally(() => process.exit(130)));
try {
  say(`filling a database with ${RUNS.toLocaleString('en')} runs`);
  const tenant = await startTenant(servers, RUNS);
  ends.push(() => tenant.stop());
  const browser = await Chromium.launch(executablePath);
  ends.push(() => browser.close());
  /** @type {Map<string, import('./web/visit.mjs').Visit[]>} */
  const visits = new Map();
  const visitOnce = async (/** @type {import('./web/pages.mjs').WebPage} */ page, /** @type {number} */ slowDown) => {
    const key = keyOf(page.name, slowDown);
    visits.set(key, [...(visits.get(key) ?? []), await visit(browser, tenant, page, slowDown)]);
  };
  for (const page of PAGES) await visit(browser, tenant, page, 1); // the server has compiled and read what it needs
  const load = [os.loadavg()[0] ?? Number.NaN];
  /** @type {number[]} */
  const paces = [];
  for (let n = 1; n <= ROUNDS; n += 1) {
    say(`round ${n} of ${ROUNDS}`);
    paces.push(await pace(browser, SLOW_DOWN));
    for (const page of PAGES) for (const slowDown of [1, SLOW_DOWN]) await visitOnce(page, slowDown);
    load.push(os.loadavg()[0] ?? Number.NaN);
  }
  const report = reportOf(visits, { load, paces }, tenant.policies);
  process.stdout.write(`${report}\n`);
  if (values.markdown !== undefined) await writeFile(values.markdown, `${report}\n`);
} finally {
  await stop();
}
process.exit();

/** @param {string} name @param {number} slowDown */
function keyOf(name, slowDown) {
  return `${name} ${slowDown}`;
}

/**
 * @param {ReadonlyMap<string, readonly import('./web/visit.mjs').Visit[]>} visits
 * @param {{ load: readonly number[], paces: readonly number[] }} machine its load average of a minute around each round, and
 *   the milliseconds of a fixed piece of work before each
 * @param {number} policies
 */
function reportOf(visits, { load, paces }, policies) {
  const of = (/** @type {string} */ name, /** @type {number} */ slowDown) => visits.get(keyOf(name, slowDown)) ?? [];
  const median = (
    /** @type {string} */ name,
    /** @type {number} */ slowDown,
    /** @type {'contentMs' | 'paintMs' | 'shift' | 'shellBytes' | 'scriptBytes' | 'apiRounds'} */ what,
  ) => spreadOf(of(name, slowDown).map((one) => one[what]));
  const names = PAGES.map(({ name }) => name);
  const slowestPaint = Math.max(...names.map((name) => median(name, SLOW_DOWN, 'paintMs').median));
  const mostScript = Math.max(...names.map((name) => median(name, 1, 'scriptBytes').median)) / 1_000;
  const mostRounds = Math.max(...names.map((name) => median(name, 1, 'apiRounds').median));
  const monitoring = (/** @type {number} */ slowDown) => median('operations', slowDown, 'contentMs').median;
  const cores = os.cpus();
  return [
    '## Web',
    [
      `Machine: ${cores.length} cores (${cores[0]?.model.trim()}), ${Math.round(os.totalmem() / 2 ** 30)} GiB; database, API and browser share it. Load average ${round(Math.min(...load))} to ${round(Math.max(...load))}: much more than the cores means that others worked on it, and times are then worth little.`,
      `A fixed piece of work in an empty page took ${spread(spreadOf(paces))} ms, ${SLOW_DOWN}x slower processor: the pace of the day (\`bench/web/pace.mjs\`).`,
      `${RUNS.toLocaleString('en')} runs behind every page, 40 % of them in this tenant; its inventory has ${policies.toLocaleString('en')} policies, it has no findings, sets and groups.`,
      `Every visit by a browser that has nothing of it yet, over the loopback; ${ROUNDS} rounds, medians with the least and the most. Took ${Math.round((Date.now() - begin) / 1000)} s.`,
    ]
      .map((fact) => `- ${fact}`)
      .join('\n'),
    verdicts([
      [
        `largest contentful paint of the slowest page, ${SLOW_DOWN}x slower processor, ms`,
        WANTED.paintMs,
        slowestPaint,
      ],
      [
        'compressed script of the shell, which every page begins with, kB',
        WANTED.scriptKilobytes,
        median('sign-in', 1, 'shellBytes').median / 1_000,
      ],
      ['compressed script of the first load, shell and heaviest page, kB', WANTED.scriptKilobytes, mostScript],
      ['Monitoring usable, ms', WANTED.monitoringMs, monitoring(1)],
      [`Monitoring usable, ${SLOW_DOWN}x slower processor, ms`, WANTED.monitoringMs, monitoring(SLOW_DOWN)],
      [
        `layout shift of the most restless page, ${SLOW_DOWN}x slower processor`,
        WANTED.shift,
        Math.max(...names.map((name) => median(name, SLOW_DOWN, 'shift').median)),
      ],
      ['API requests in sequence before the content, the most of a page', WANTED.apiRounds, mostRounds],
    ]),
    table(
      [
        'page',
        `largest paint ${SLOW_DOWN}x, ms`,
        `content ${SLOW_DOWN}x, ms`,
        'content, ms',
        'layout shift',
        'script, kB',
        'API in sequence',
        'requests',
      ],
      names.map((name) => [
        name,
        spread(median(name, SLOW_DOWN, 'paintMs')),
        spread(median(name, SLOW_DOWN, 'contentMs')),
        spread(median(name, 1, 'contentMs')),
        median(name, SLOW_DOWN, 'shift').median.toFixed(3),
        round(median(name, 1, 'scriptBytes').median / 1_000),
        String(median(name, 1, 'apiRounds').median),
        String(spreadOf(of(name, 1).map(({ asked }) => asked.length)).median),
      ]),
    ),
  ].join('\n\n');
}

function spread(/** @type {import('./runs/report/statistics.mjs').Spread} */ { median, min, max }) {
  return `${round(median)} (${round(min)}–${round(max)})`;
}

/** @param {readonly (readonly [string, number, number])[]} targets what, the most that is wanted, what was measured */
function verdicts(targets) {
  return table(
    ['target', 'wanted', 'measured', ''],
    targets.map(([what, most, measured]) => [
      what,
      `≤ ${most.toLocaleString('en')}`,
      round(measured),
      measured <= most ? 'met' : '**missed**',
    ]),
  );
}
