import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { describeIfChromium } from '../support/requirements.js';
import { startApp, type RunningApp } from '../support/running-app.js';
import { expectAxeClean } from './ui/axe.js';
import { demoUser, openBrowser, openPage, signedIn, signIn, type PersonOptions } from './ui/browser.js';
import { ended, misbehave, start } from './ui/runs.js';
import { screenshot, WIDTHS } from './ui/screenshots.js';

// Real here: everything, in Chromium. The Graph is the simulator over HTTP.

const MINUTES = 60_000;
/** How far the page goes beyond its right edge, in pixels. */
const BEYOND = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
/** What a browser does when another tab comes before this one. */
const HIDE = `
  Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));`;

describeIfChromium('how Monitoring looks', () => {
  let app: RunningApp;
  let browser: Browser;
  let tenantId: string;
  let list: string;
  let paths: { list: string; partly: string; running: string; nothing: string };

  beforeAll(async () => {
    app = await startApp();
    browser = await openBrowser();
    tenantId = demoUser(app, 'Operator').tenantId;
    list = `/t/${tenantId}/operations`;
    const page = await signedIn(browser, app, 'Operator');
    await misbehave(app, [{ match: 'deviceCompliancePolicies', status: 403 }]);
    const partly = await ended(page, tenantId, (await start(page, tenantId, '/inventory/sync')).id);
    await ended(page, tenantId, (await start(page, tenantId, '/directory/groups/sync')).id);
    // Long enough for all that looks at it.
    await misbehave(app, [{ match: '/', delayMs: 60_000 }]);
    const running = await start(page, tenantId, '/inventory/sync');
    await page.context().close();
    paths = {
      list,
      partly: `${list}/${partly.id}`,
      running: `${list}/${running.id}`,
      nothing: `${list}?initiator=nobody-at-all`,
    };
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  }, 60_000);

  const open = (role: string, options: PersonOptions = {}): Promise<Page> =>
    signedIn(browser, app, role, { path: list, ...options });

  async function settled(page: Page, path: string): Promise<void> {
    await page.goto(app.url + path);
    await page.getByRole('main').locator('h1').waitFor();
    await page.getByLabel('Loading', { exact: true }).first().waitFor({ state: 'hidden' });
  }

  it.each(['light', 'dark'] as const)(
    'has nothing against accessibility in %s',
    async (colorScheme) => {
      const page = await open('Readonly', { colorScheme });
      for (const [name, path] of Object.entries(paths)) {
        await settled(page, path);
        await expectAxeClean(page);
        await screenshot(page, `monitoring-${name}-${colorScheme}`, { fullPage: true });
      }
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
      await expectAxeClean(page);
      await page.context().close();
    },
    120_000,
  );

  it('says why there is nothing: never ran, no access, or removed since', async () => {
    const { tenantId: fabrikam } = demoUser(app, 'Owner', 1);
    const page = await open('Owner', { tenant: 1, path: `/t/${fabrikam}/operations` });
    await page.getByRole('heading', { name: 'Nothing ran yet' }).waitFor();
    await expectAxeClean(page);
    await page.getByRole('main').getByRole('link', { name: 'Go to the inventory' }).click();
    await page.waitForURL(/\/inventory\/policies/);
    await settled(page, `/t/${fabrikam}/operations/999999`);
    await page.getByRole('heading', { name: 'No access', level: 1 }).waitFor();
    await settled(page, `/t/${fabrikam}/inventory/sync-runs/999999`);
    await page.getByRole('heading', { name: 'This sync is not here', level: 1 }).waitFor();
    await page.getByText('Old syncs are removed').waitFor();
    await page.context().close();
  }, 60_000);

  it('has no page that scrolls sideways, down to a phone and at 200 % of the size', async () => {
    for (const width of [...WIDTHS, 720]) {
      const page = await open('Readonly', { width });
      for (const [name, path] of Object.entries(paths)) {
        await settled(page, path);
        const beyond = await page.evaluate<number>(BEYOND);
        expect([name, width, beyond]).toEqual([name, width, 0]);
        await screenshot(page, `monitoring-${name}-${width}`);
      }
      await page.context().close();
    }
  }, 120_000);

  it('moves nothing for who wants it so', async () => {
    const page = await open('Readonly', { path: paths.running });
    await page.getByRole('main').getByRole('progressbar').first().waitFor({ state: 'attached' });
    const bar = `getComputedStyle(document.querySelector('main [role="progressbar"]'))`;
    expect(parseFloat(await page.evaluate<string>(`${bar}.animationDuration`))).toBeLessThan(0.001);
    expect(await page.evaluate<string>(`${bar}.animationIterationCount`)).not.toBe('infinite');
    await page.context().close();
  }, 60_000);

  it('tells the exact time of a moment under the pointer and under the focus, until Escape', async () => {
    const page = await open('Readonly');
    const [first, second] = [page.locator('tbody time').nth(0), page.locator('tbody time').nth(1)];
    const tip = page.getByRole('tooltip');
    const described = `document.getElementById(document.querySelector('time[aria-describedby]').getAttribute('aria-describedby')).textContent`;
    const year = String(new Date().getUTCFullYear());
    await first.hover();
    await tip.getByText(year).waitFor();
    expect(await page.evaluate<string>(described)).toBe(await tip.innerText());
    await second.focus();
    await page.mouse.move(0, 0);
    await tip.getByText(year).waitFor();
    expect(await first.getAttribute('aria-describedby')).toBeNull();
    expect(await second.getAttribute('aria-describedby')).not.toBeNull();
    expect(await page.evaluate<string>(described)).toBe(await tip.innerText());
    await page.keyboard.press('Escape');
    await tip.waitFor({ state: 'hidden' });
    await page.context().close();
  }, 60_000);

  it('stays as it is under a pointer when another version has taken the code of the exact times away', async () => {
    const page = await openPage(browser);
    let missed = 0;
    await page.route('**/assets/moment-tooltip-*.js', (route) => {
      missed += 1;
      return route.fulfill({ status: 404 });
    });
    await page.goto(app.url + paths.list);
    await signIn(page, demoUser(app, 'Readonly'));
    const moment = page.locator('tbody time').first();
    await moment.hover();
    while (missed === 0) await page.waitForTimeout(50);
    await page.waitForTimeout(300);
    await page.mouse.move(0, 0);
    await moment.hover();
    await page.getByRole('heading', { name: 'Operations', level: 1 }).waitFor();
    expect(await page.getByRole('tooltip').count()).toBe(0);
    await page.context().close();
  }, 60_000);

  it('shows the server’s time where this machine’s clock is ten minutes off, and rests in a hidden tab', async () => {
    const page = await openPage(browser);
    await page.clock.install({ time: Date.now() - 10 * MINUTES });
    await page.goto(app.url + paths.list);
    await signIn(page, demoUser(app, 'Readonly'));
    await page.getByText('Updated just now').waitFor();
    const started = page.locator('td[data-label="Started"]');
    await started.first().waitFor();
    expect((await started.allInnerTexts()).join()).not.toMatch(/^in |, in /);

    let asked = 0;
    page.on('request', (request) => {
      if (request.url().includes('/operations?')) asked += 1;
    });
    await page.clock.runFor(20_000);
    await page.waitForTimeout(500);
    expect(asked).toBeGreaterThan(0);
    await page.evaluate(HIDE);
    await page.waitForTimeout(500);
    asked = 0;
    await page.clock.runFor(40_000);
    await page.waitForTimeout(500);
    expect(asked).toBe(0);
    await page.context().close();
  }, 60_000);
});
