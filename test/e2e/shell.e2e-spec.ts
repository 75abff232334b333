import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { describeIfChromium } from '../support/requirements.js';
import { startApp, type RunningApp } from '../support/running-app.js';
import { expectAxeClean } from './ui/axe.js';
import { demoUser, goTo, openBrowser, openPage, signedIn, signIn } from './ui/browser.js';
import { screenshot } from './ui/screenshots.js';

// Real here: everything, in Chromium. The Graph is the simulator over HTTP.

/** The files that the page has fetched, for the browser to evaluate. */
const CODE_FETCHED = "performance.getEntriesByType('resource').filter(({ responseEnd }) => responseEnd > 0)";

const WIDGET = { name: 'Operations in progress' };

describeIfChromium('the frame of the UI, in the browser', () => {
  let app: RunningApp;
  let browser: Browser;

  beforeAll(async () => {
    app = await startApp();
    browser = await openBrowser();
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  }, 60_000);

  /** Every answer of the simulated Graph takes this long from now on. */
  async function slowGraph(delayMs: number): Promise<void> {
    const rules = delayMs === 0 ? [] : [{ match: '/beta/', delayMs, probability: 1 }];
    const told = await fetch(`${app.controlUrl}/faults`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ rules }),
    });
    expect(told.status).toBeLessThan(300);
  }

  const inTenant = (path: string, tenant = 0): string => `/t/${demoUser(app, 'Owner', tenant).tenantId}${path}`;

  async function runSync(page: Page): Promise<void> {
    await page.getByRole('main').getByRole('button', { name: 'Run sync' }).first().click();
  }

  it.each(['light', 'dark'] as const)('has nothing that axe finds, %s', async (colorScheme) => {
    const page = await signedIn(browser, app, 'Owner', { colorScheme, path: inTenant('/drift/findings') });
    await expectAxeClean(page);

    await page.keyboard.press('Control+k');
    await page.getByRole('option', { name: 'Backup sets' }).waitFor();
    await expectAxeClean(page);
    await screenshot(page, `palette-${colorScheme}`);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });

    for (const name of [/^Account of/, /^Tenant:/, /^Notifications/]) {
      await page.getByRole('button', { name }).click();
      await expectAxeClean(page);
      await page.keyboard.press('Escape');
    }

    await page.setViewportSize({ width: 360, height: 740 });
    await page.getByRole('button', { name: 'Open navigation' }).click();
    await expectAxeClean(page);
    await screenshot(page, `navigation-360-${colorScheme}`);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    await page.context().close();
  });

  it('leads everywhere by keyboard: skip link, palette, and the focus in the page that was opened', async () => {
    const page = await signedIn(browser, app, 'Owner', { path: inTenant('/drift/findings') });
    await page.reload();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('main');

    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Search and commands' }).fill('back set');
    await page.getByRole('option', { name: 'Backup sets' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Backup sets', level: 1 }).waitFor();
    await expectSoon(() => page.evaluate('document.activeElement.id'), 'main');
    expect(await page.title()).toBe('Backup sets · Contoso · TenantAtlas');
    await page.goBack();
    await page.getByRole('heading', { name: 'Drift', level: 1 }).waitFor();
    await page.context().close();
  });

  it('does not offer what the role may not do', async () => {
    const page = await signedIn(browser, app, 'Readonly', { path: inTenant('/drift/findings') });
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Search and commands' }).fill('sync');
    await page.getByRole('option', { name: 'Inventory' }).waitFor();
    expect(await page.getByRole('option', { name: 'Run inventory sync' }).count()).toBe(0);
    await page.context().close();
  });

  it('tells a second person who starts the same sync that it runs already, and both how it ended', async () => {
    await slowGraph(400);
    const owner = await signedIn(browser, app, 'Owner', { path: inTenant('/inventory/policies') });
    const operator = await signedIn(browser, app, 'Operator', { path: inTenant('/inventory/policies') });
    await runSync(owner);
    await owner.getByText('Inventory sync queued').waitFor();

    await runSync(operator);
    const toast = operator.getByRole('alert').filter({ hasText: 'Already running' });
    await toast.getByText(/^Inventory sync, started by Owner of Contoso/).waitFor();
    const address = await toast.getByRole('link', { name: 'View run' }).getAttribute('href');
    const widget = operator.getByRole('complementary', WIDGET);
    await widget.getByText('Already running, started by Owner of Contoso').waitFor();
    expect(await widget.getByRole('link', { name: 'Inventory sync' }).getAttribute('href')).toBe(address);
    await widget.getByRole('progressbar').waitFor();
    await expectAxeClean(operator);
    await screenshot(operator, 'widget');

    // It stays from page to page, closes by Escape and is remembered so, also by a reload.
    await goTo(operator, 'Drift');
    await widget.getByRole('button', { name: 'Collapse' }).focus();
    await operator.keyboard.press('Escape');
    await widget.getByRole('progressbar').waitFor({ state: 'hidden' });
    await operator.reload();
    const pill = operator.getByRole('complementary', WIDGET).getByRole('button', { expanded: false });
    await pill.waitFor();

    await slowGraph(0);
    const done = owner.getByRole('complementary', WIDGET).getByText('Succeeded', { exact: true });
    await done.waitFor({ timeout: 60_000 });
    await owner.getByRole('status').filter({ hasText: 'Inventory sync: Succeeded' }).waitFor({ state: 'attached' });
    await expectAxeClean(owner);

    await owner.getByRole('button', { name: 'Dismiss Inventory sync' }).click();
    await owner.getByRole('complementary', WIDGET).waitFor({ state: 'hidden' });
    await owner.getByRole('button', { name: /^Notifications, 2 unread/ }).click();
    await owner.getByText('Inventory sync succeeded').waitFor();
    await owner.context().close();
    await operator.context().close();
  }, 120_000);

  it('shares one stream among the tabs of a browser, and goes on with it when the leading tab closes', async () => {
    const first = await openPage(browser);
    const streams: URL[] = [];
    first.context().on('request', (request) => {
      if (request.url().includes('/stream')) streams.push(new URL(request.url()));
    });
    await first.goto(app.url + inTenant('/operations', 1));
    await signIn(first, demoUser(app, 'Owner', 1));
    await first.getByRole('main').locator('h1').waitFor();
    await expectSoon(() => streams.length, 1);

    const second = await first.context().newPage();
    await second.goto(app.url + inTenant('/inventory/policies', 1));
    await runSync(second);
    await first.getByRole('complementary', WIDGET).getByText('Succeeded', { exact: true }).waitFor({ timeout: 60_000 });
    expect(streams).toHaveLength(1);

    await first.close();
    await expectSoon(() => streams.length, 2);
    expect(streams[1]?.searchParams.get('lastEventId')).toMatch(/^[0-9a-f]{8}-\d+$/);
    await second.context().close();
  }, 120_000);

  it('keeps what it shows while the server is away, and goes on by itself when it is back', async () => {
    const page = await signedIn(browser, app, 'Owner', { path: inTenant('/inventory/policies') });
    await runSync(page);
    await page.getByRole('complementary', WIDGET).getByText('Succeeded', { exact: true }).waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Dismiss Inventory sync' }).click();
    const row = page.getByRole('main').getByRole('table').getByRole('link').first();
    const name = await row.innerText();
    await expectSoon(
      () => page.evaluate(`${CODE_FETCHED}.some(({ name }) => name.includes('backup-sets-page'))`),
      true,
    );
    await app.halt();
    const bar = page.getByText(/TenantAtlas cannot be reached, showing data from .+, retrying\./);
    await bar.waitFor({ timeout: 60_000 });
    expect(await row.innerText()).toBe(name);
    await expectAxeClean(page);
    await screenshot(page, 'server-away');
    // Pages whose code was fetched in quiet moments open all the same.
    await goTo(page, 'Backup sets');
    await page.goBack();
    expect(await row.innerText()).toBe(name);

    await app.resume();
    await bar.waitFor({ state: 'hidden', timeout: 60_000 });
    await page.getByText('TenantAtlas can be reached again.').waitFor({ state: 'attached' });
    await runSync(page);
    await page.getByRole('complementary', WIDGET).getByText('Succeeded', { exact: true }).waitFor({ timeout: 60_000 });
    await page.context().close();
  }, 180_000);

  it('answers a deep link of a stranger with a page that says so', async () => {
    const page = await signedIn(browser, app, 'Owner', { tenant: 1, path: inTenant('/operations/1') });
    await page.getByRole('heading', { name: 'You have no access to this page', level: 1 }).waitFor();
    await page.getByText(/You are signed in as owner@fabrikam\.example/).waitFor();
    await expectAxeClean(page);
    await page.getByRole('link', { name: 'Go to your tenants' }).click();
    await page.getByRole('button', { name: /^Tenant: Fabrikam/ }).waitFor();
    await page.context().close();
  });

  it('asks to sign in again when the session has ended, and comes back to the same place', async () => {
    const path = inTenant('/drift/findings?severity=high');
    const page = await signedIn(browser, app, 'Owner', { path });
    await page.getByRole('heading', { name: 'Drift', level: 1 }).waitFor();
    const ended = await page.context().request.post(`${app.url}/api/v1/auth/logout`);
    expect(ended.status()).toBe(204);
    // The stream ends with the session, so the page learns of it without anybody touching it.
    await page.getByLabel('E-mail').waitFor();
    await expectAxeClean(page);
    await signIn(page, demoUser(app, 'Owner'));
    await page.getByRole('heading', { name: 'Drift', level: 1 }).waitFor();
    expect(page.url()).toBe(app.url + path);
    await page.context().close();
  });

  it('says in words how signing in with Microsoft failed', async () => {
    const page = await openPage(browser);
    await page.goto(`${app.url}/sign-in?problem=auth.entra_denied`);
    await page
      .getByRole('alert')
      .getByText(/^Microsoft did not let you sign in/)
      .waitFor();
    await page.context().close();
  });

  it('has a page for addresses that there are none of', async () => {
    const page = await signedIn(browser, app, 'Owner', { path: inTenant('/nowhere') });
    await page.getByRole('heading', { name: 'There is no such page', level: 1 }).waitFor();
    await page.getByRole('navigation', { name: 'Main' }).waitFor();
    await expectAxeClean(page);
    await page.context().close();
  });
});

/** Asks until the browser answers what it has to, and at last says what it answered instead. */
async function expectSoon<T>(read: () => T | Promise<T>, wanted: T): Promise<void> {
  for (let i = 0; i < 100 && (await read()) !== wanted; i += 1)
    await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await read()).toBe(wanted);
}
