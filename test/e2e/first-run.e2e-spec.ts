import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { DEMO_CONTOSO } from '#libs/graph-simulator/src/demo/demo-credentials.js';
import { describeIfChromium } from '../support/requirements.js';
import { startApp, type RunningApp } from '../support/running-app.js';
import { expectAxeClean } from './ui/axe.js';
import { demoUser, goTo, openBrowser, signedIn } from './ui/browser.js';
import { screenshot, WIDTHS } from './ui/screenshots.js';

// Real here: everything, in Chromium. The Graph is the simulator over HTTP, and what drifts is the simulated admin's doing.

/** What anybody starts or changes with on the pages of this journey. */
const STARTS = /^(?:Run |Generate|Create|Add |Connect|Replace|Remove|Acknowledge)/;

describeIfChromium('the way from an empty tenant to its first finding, in the browser', () => {
  let app: RunningApp;
  let browser: Browser;

  beforeAll(async () => {
    app = await startApp({ GRAPH_SIMULATOR_ADMIN: 'on', GRAPH_SIMULATOR_ADMIN_INTERVAL: '1' });
    browser = await openBrowser();
    await disconnect();
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  }, 60_000);

  /** A start connects the demo tenants; a tenant of one's own begins without. */
  async function disconnect(): Promise<void> {
    const owner = await signedIn(browser, app, 'Owner');
    const address = `/api/v1/tenants/${demoUser(app, 'Owner').tenantId}/graph-connection`;
    const status = await owner.evaluate(async (url) => (await fetch(url, { method: 'DELETE' })).status, address);
    expect(status).toBe(204);
    await owner.context().close();
  }

  const steps = (page: Page) => page.getByRole('region', { name: 'First steps' });
  const nextStep = (page: Page) => page.getByRole('region', { name: 'Next step' });
  const card = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

  /** The buttons that start or change something and can be used. */
  function offered(page: Page): Promise<string[]> {
    return page.getByRole('main').getByRole('button', { name: STARTS, disabled: false }).allInnerTexts();
  }

  it('tells who may begin, where the role may not', async () => {
    const page = await signedIn(browser, app, 'Readonly');
    await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
    await steps(page).getByText('Only an Owner can do this. You are Readonly.').waitFor();
    expect(await steps(page).getByRole('link').count()).toBe(0);
    expect(await offered(page)).toEqual([]);
    await expectAxeClean(page);
    await page.context().close();
  }, 60_000);

  it('starts no sync of a tenant that is not connected, and says why', async () => {
    const page = await signedIn(browser, app, 'Owner');
    for (const [name, button] of [
      ['Overview', 'Run sync'],
      ['Inventory', 'Run sync'],
      ['Directory', 'Sync groups'],
    ] as const) {
      await goTo(page, name);
      const start = page.getByRole('main').getByRole('button', { name: button }).first();
      await start.and(page.locator('[aria-disabled=true]')).hover();
      await page.getByRole('tooltip').getByText('The tenant is not connected to Microsoft Graph yet.').waitFor();
      await page.mouse.move(0, 0);
    }
    await page.context().close();
  }, 60_000);

  it('leads an owner there by what the pages offer', async () => {
    const page = await signedIn(browser, app, 'Owner');
    await steps(page).getByText('0 of 4 done.').waitFor();
    await expectAxeClean(page);

    await steps(page).getByRole('link', { name: 'Connect Graph' }).click();
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    const connecting = page.getByRole('dialog');
    await connecting.getByLabel('Client id').fill(DEMO_CONTOSO.clientId);
    await connecting.locator('input[type=password]').fill(DEMO_CONTOSO.clientSecret);
    await connecting.getByRole('button', { name: /^(?:Connect|Save)/ }).click();
    await nextStep(page).getByText('Next: run the first sync').waitFor();
    await expectAxeClean(page);
    await nextStep(page).getByRole('button', { name: 'Run first sync' }).click();

    await nextStep(page).getByText('Next: keep a first backup set').waitFor({ timeout: 60_000 });
    await goTo(page, 'Overview');
    await steps(page).getByText('2 of 4 done.').waitFor();
    await steps(page).getByRole('button', { name: 'Create backup set' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('The first one');
    await page.getByRole('dialog').getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByRole('heading', { name: 'The first one', level: 1 }).waitFor();
    await page.getByRole('button', { name: 'Add policies' }).first().click();
    const picker = page.getByRole('dialog');
    await picker.getByRole('list', { name: 'Policies' }).getByRole('checkbox').first().check();
    await picker.getByRole('button', { name: /^Add/ }).click();
    await nextStep(page).getByText('Next: find the first drift').waitFor({ timeout: 60_000 });
    await expectAxeClean(page);

    await nextStep(page).getByRole('button', { name: 'Run another sync' }).click();
    await nextStep(page).getByRole('button', { name: 'Generate drift' }).waitFor({ timeout: 60_000 });
    await goTo(page, 'Drift');
    await page.getByRole('button', { name: 'Generate drift' }).first().click();
    await page.getByRole('table').getByRole('row').nth(1).waitFor({ timeout: 60_000 });
    await page.context().close();
  }, 240_000);

  it('shows Readonly all of it, offers nothing to start, and leads from the overview to a finding', async () => {
    const page = await signedIn(browser, app, 'Readonly');
    await card(page, 'Last sync')
      .getByText(/\d+ of \d+ policy types were read to the end/)
      .waitFor();
    expect(await steps(page).count()).toBe(0);
    await card(page, 'Last complete backup').getByRole('link', { name: 'The first one' }).waitFor();
    expect(Number(await card(page, 'Policies').getByText(/^\d+$/).innerText())).toBeGreaterThan(40);
    expect(await offered(page)).toEqual([]);

    await card(page, 'Open findings').getByRole('link', { name: 'View open findings' }).click();
    await page.getByRole('heading', { name: 'Drift', level: 1 }).waitFor();
    await page.getByRole('table').getByRole('row').nth(1).getByRole('link').first().click();
    await page.getByRole('link', { name: 'Drift' }).first().waitFor();
    for (const name of ['Inventory', 'Drift', 'Backup sets', 'Overview']) {
      await goTo(page, name);
      expect({ page: name, offered: await offered(page) }).toEqual({ page: name, offered: [] });
    }
    await page.context().close();
  }, 120_000);

  it.each(['light', 'dark'] as const)(
    'is a page that axe finds nothing in, nor anything too wide, %s',
    async (colorScheme) => {
      const page = await signedIn(browser, app, 'Operator', { colorScheme });
      await card(page, 'Operations per day').getByRole('button').waitFor();
      expect(await offered(page)).toEqual(['Run sync']);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        await page.locator('.recharts-surface').nth(1).waitFor();
        await expectAxeClean(page);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
        await screenshot(page, `overview-${colorScheme}-${width}`, { fullPage: true });
      }
      for (const title of ['operations per day', 'open findings per day']) {
        await page.getByRole('button', { name: `Show ${title} as a table` }).click();
      }
      await page.getByRole('table', { name: 'Completed operations per day' }).waitFor();
      expect(await page.getByRole('table', { name: 'Open findings per day' }).getByRole('row').count()).toBe(31);
      await expectAxeClean(page);
      await page.context().close();
    },
    120_000,
  );

  it('can be put away by who knows the way', async () => {
    const page = await signedIn(browser, app, 'Owner', { tenant: 1 });
    await steps(page).getByText('1 of 4 done.').waitFor();
    await page.getByRole('button', { name: 'Put the first steps away' }).click();
    await steps(page).waitFor({ state: 'hidden' });
    await page.reload();
    await card(page, 'Last sync').getByText('Never').waitFor();
    expect(await steps(page).count()).toBe(0);
    await expectAxeClean(page);
    await page.context().close();
  }, 60_000);
});
