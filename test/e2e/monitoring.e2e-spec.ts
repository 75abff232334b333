import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { eventually } from '../support/eventually.js';
import { describeIfChromium } from '../support/requirements.js';
import { startApp, type RunningApp } from '../support/running-app.js';
import { demoUser, goTo, openBrowser, openPage, type PersonOptions, signedIn, signIn } from './ui/browser.js';
import { ended, misbehave, start, type ShownRun } from './ui/runs.js';

// Real here: everything, in Chromium. The Graph is the simulator over HTTP.

const GROUPS = '/directory/groups/sync';

describeIfChromium('Monitoring, in the browser', () => {
  let app: RunningApp;
  let browser: Browser;
  let tenantId: string;
  let list: string;
  /** A sync of which a type was refused; its failures have reasons. */
  let partly: ShownRun;

  beforeAll(async () => {
    app = await startApp();
    browser = await openBrowser();
    tenantId = demoUser(app, 'Operator').tenantId;
    list = `/t/${tenantId}/operations`;
    const page = await open('Operator');
    await misbehave(app, [{ match: 'deviceCompliancePolicies', status: 403 }]);
    partly = await ended(page, tenantId, (await start(page, tenantId, '/inventory/sync')).id);
    await misbehave(app, []);
    for (let n = 0; n < 26; n += 1) await ended(page, tenantId, (await start(page, tenantId, GROUPS)).id);
    await page.context().close();
  }, 180_000);

  afterEach(() => misbehave(app, []));
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  }, 60_000);

  const open = (role: string, options: PersonOptions = {}): Promise<Page> =>
    signedIn(browser, app, role, { path: list, ...options });
  const rows = (page: Page): ReturnType<Page['locator']> =>
    page.getByRole('table', { name: 'Operations, newest first' }).locator('tbody tr');

  const rowOf = (page: Page, run: ShownRun): ReturnType<Page['locator']> =>
    rows(page).filter({ has: page.locator(`a[data-run="${run.id}"]`) });

  /** Takes the pointer out of the list, which holds its order else. */
  const leaveList = (page: Page): Promise<void> => page.getByRole('heading', { name: 'Operations', level: 1 }).hover();

  /** Waits until this run is all that is listed. */
  async function only(page: Page, run: ShownRun): Promise<void> {
    await rowOf(page, run).waitFor();
    await eventually(async () => ((await rows(page).count()) === 1 ? true : undefined));
  }

  it('follows a sync from its start to its end, and lets nothing be started or stopped', async () => {
    await misbehave(app, [{ match: '/', delayMs: 2_000 }]);
    const page = await open('Operator', { path: `/t/${tenantId}/inventory/policies` });
    const answer = page.waitForResponse((response) => response.url().endsWith('/inventory/sync'));
    await page.getByRole('button', { name: 'Run sync' }).first().click();
    const { run } = (await (await answer).json()) as { run: ShownRun };
    await goTo(page, 'Operations');
    const row = rowOf(page, run);
    await row.getByText('Running', { exact: true }).waitFor();
    await row.getByRole('progressbar').waitFor();
    const duration = row.locator('td[data-label="Duration"]');
    const early = await duration.innerText();
    await eventually(async () => ((await duration.innerText()) === early ? undefined : true));
    await row.getByRole('link', { name: 'Inventory sync' }).click();
    await page.getByText('Taken by a worker').waitFor();
    await page.getByText(/^Working/).waitFor();
    await misbehave(app, []);
    await page.getByText('Finished: succeeded').waitFor({ timeout: 60_000 });
    await page.getByRole('main').getByText('Succeeded', { exact: true }).first().waitFor();
    expect(await page.getByText('Not yet', { exact: true }).count()).toBe(0);
    for (const path of [list, `${list}/${run.id}`]) {
      await page.goto(app.url + path);
      await page.getByRole('main').locator('h1').waitFor();
      const buttons = await page.getByRole('main').getByRole('button').allInnerTexts();
      expect(buttons.join('\n')).not.toMatch(/cancel run|retry run|start|run again|run sync/i);
    }
    await page.context().close();
  }, 120_000);

  it('tells the reasons of failures, what to do, and gives them as CSV', async () => {
    const page = await open('Readonly', { path: `${list}/${partly.id}` });
    await page.getByText('Microsoft Graph refused access.').first().waitFor();
    await page.getByText('Next step:').first().waitFor();
    await page
      .getByRole('button', { name: /^\d+ items?$/ })
      .first()
      .click();
    await page.getByRole('main').locator('li li').first().waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download as CSV' }).click();
    const csv = await readFile(await (await download).path(), 'utf8');
    expect(csv).toContain('graph.forbidden');
    const lines = csv.trim().split('\r\n');
    expect(lines[0]).toContain('Result,Kind,Item');
    expect(lines.slice(1).every((line) => line.startsWith('failed,'))).toBe(true);

    await page.getByRole('radiogroup', { name: 'Show items' }).getByText('Succeeded', { exact: true }).click();
    await page.waitForURL(/result=success/);
    const results = page.getByRole('table', { name: 'Items of this run' }).locator('td[data-label="Result"]');
    await results.first().getByText('Succeeded').waitFor();
    await results.getByText('Failed', { exact: true }).waitFor({ state: 'detached' });
    await page.context().close();
  }, 60_000);

  it('keeps every filter in the address: deep links, chips, the back button', async () => {
    const page = await open('Readonly');
    await page.getByRole('button', { name: /^Partially succeeded/ }).click();
    await page.waitForURL(/bucket=partially_succeeded/);
    await only(page, partly);
    await page.getByLabel('Queued', { exact: true }).selectOption('7d');
    await page.waitForURL(/window=7d/);
    await page.reload();
    await page.getByRole('button', { name: 'Remove filter Queued: Last 7 days' }).waitFor();
    await only(page, partly);
    await page.getByRole('button', { name: 'Remove filter Status: Partially succeeded' }).click();
    await rows(page).nth(1).waitFor();
    await page.goBack();
    await page.getByRole('button', { name: 'Remove filter Status: Partially succeeded' }).waitFor();

    // The window is remembered for the next visit, and said; a link that names filters is taken as it is.
    await page.goto(app.url + list);
    await page.waitForURL(/window=7d/);
    await page.goto(`${app.url}${list}?type=inventory.sync&q=${partly.id}`);
    await page.getByText(/^Inventory sync: the last \d+ runs?\./).waitFor();
    expect(page.url()).not.toContain('window');
    await page.goto(`${app.url}${list}?initiator=nobody-at-all`);
    await page.getByRole('heading', { name: 'No operation matches' }).waitFor();
    await page.getByRole('main').getByRole('button', { name: 'Clear filters' }).last().click();
    await rows(page).first().waitFor();
    await page.goto(app.url + list);
    await rows(page).first().waitFor();
    expect(page.url()).not.toContain('window');
    await page.context().close();
  }, 60_000);

  it('turns pages by keyset, in the size that was chosen', async () => {
    const page = await open('Readonly');
    await page.getByLabel('Rows').selectOption('25');
    await page.waitForURL(/limit=25/);
    await eventually(async () => ((await rows(page).count()) === 25 ? true : undefined));
    const first = await rows(page).first().innerText();
    await page.getByRole('button', { name: 'Older' }).click();
    await page.waitForURL(/cursor=/);
    await rowOf(page, partly).waitFor();
    await page.getByRole('button', { name: 'Newer' }).click();
    await page.waitForURL((url) => !url.searchParams.has('cursor'));
    await rows(page)
      .first()
      .getByText(first.match(/Run \d+/)?.[0] ?? '', { exact: true })
      .waitFor();
    await page.context().close();
  }, 60_000);

  it('is worked by the keyboard alone, except where somebody types', async () => {
    const page = await open('Readonly');
    const onRow = (index: number): Promise<unknown> =>
      page.waitForFunction(`document.activeElement === document.querySelectorAll('a[data-run]')[${index}]`);
    await rows(page).first().waitFor();
    for (const [key, index] of [
      ['j', 0],
      ['j', 1],
      ['k', 0],
    ] as const) {
      await page.keyboard.press(key);
      await onRow(index);
    }
    const asked = page.waitForRequest((request) => request.url().includes('/operations?'));
    await page.keyboard.press('r');
    await asked;
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.keyboard.press('/');
    await page.keyboard.type('rjk?/');
    expect(await page.getByRole('searchbox').inputValue()).toBe('rjk?/');
    await page.waitForURL(/q=/);
    await page.keyboard.press('Control+a');
    await page.keyboard.type('nothing is called so');
    await page.getByRole('heading', { name: 'No operation matches' }).waitFor();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Delete');
    await rows(page).first().waitFor();
    await page.getByRole('heading', { name: 'Operations', level: 1 }).click();
    await page.keyboard.press('j');
    await onRow(0);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/operations\/\d+$/);
    await page.context().close();
  }, 60_000);

  it('holds the order while somebody points at it, and says so', async () => {
    const page = await open('Operator');
    const top = await rows(page).first().innerText();
    await rows(page).nth(2).hover();
    const run = await start(page, tenantId, GROUPS);
    await page.getByText(/^Order held while you are in the list/).waitFor({ timeout: 30_000 });
    expect((await rows(page).first().innerText()).match(/Run \d+/)?.[0]).toBe(top.match(/Run \d+/)?.[0]);
    await leaveList(page);
    await rowOf(page, run).waitFor();
    await page.context().close();
  }, 60_000);

  it('changes nothing while updates are paused, whatever is told, until somebody goes on', async () => {
    await misbehave(app, [{ match: '/', delayMs: 400 }]);
    const page = await open('Operator');
    const reads: Promise<string>[] = [];
    page.on('response', (response) => {
      if (response.url().includes('/operations?')) reads.push(response.text().catch(() => ''));
    });
    /** A run that starts and ends, of which the page has read. */
    const endedBeside = async (): Promise<ShownRun> => {
      const run = await ended(page, tenantId, (await start(page, tenantId, GROUPS)).id);
      await eventually(async () =>
        (await Promise.all(reads)).some((text) => text.includes(`"id":"${run.id}"`)) ? true : undefined,
      );
      await page.waitForTimeout(500);
      return run;
    };
    await leaveList(page);
    const running = await start(page, tenantId, '/inventory/sync');
    await rowOf(page, running).getByText('Running', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    await misbehave(app, []);
    await ended(page, tenantId, running.id);
    const missed = await endedBeside();
    expect(await rowOf(page, running).getByText('Running', { exact: true }).count()).toBe(1);
    expect(await rowOf(page, missed).count()).toBe(0);

    // Another list is read as it is, and then stays as well.
    await page.getByLabel('Rows').selectOption('25');
    await rowOf(page, missed).waitFor();
    await rows(page).nth(2).hover();
    await leaveList(page);
    const unseen = await endedBeside();
    expect(await rowOf(page, unseen).count()).toBe(0);
    await page.getByRole('button', { name: 'Resume' }).click();
    await rowOf(page, unseen).waitFor();
    await page.context().close();
  }, 90_000);

  it('lists what came and went between its first read and the first event', async () => {
    const page = await openPage(browser);
    let follow: () => void = () => undefined;
    const mayFollow = new Promise<void>((resolve) => (follow = resolve));
    await page.route('**/stream*', async (route) => {
      await mayFollow;
      await route.continue();
    });
    await page.clock.install();
    await page.goto(app.url + list);
    await signIn(page, demoUser(app, 'Operator'));
    await rows(page).first().waitFor();
    await leaveList(page);
    // From here on time goes as far as it is told, which is not as far as the next read that comes by itself.
    await page.clock.pauseAt(Date.now() + 500);
    const run = await ended(page, tenantId, (await start(page, tenantId, GROUPS)).id);
    expect(await rowOf(page, run).count()).toBe(0);
    const told = page.waitForResponse(/\/stream/);
    follow();
    await told;
    for (let seconds = 0; seconds < 10 && (await rowOf(page, run).count()) === 0; seconds += 1) {
      await page.clock.runFor(1_000);
      await page.waitForTimeout(200);
    }
    await rowOf(page, run).waitFor();
    await page.context().close();
  }, 60_000);
});
