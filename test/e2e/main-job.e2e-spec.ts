import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { chromium, type Browser, type Page } from 'playwright-core';
import { CHROMIUM, describeIfChromium } from '../support/requirements.js';
import { startApp, type RunningApp } from '../support/running-app.js';

// Real here: everything, in Chromium. The Graph is the simulator over HTTP.

const CHROMIUM_ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'];

describeIfChromium('the main job, in the browser', () => {
  let app: RunningApp;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    app = await startApp();
    if (CHROMIUM === undefined) throw new Error('Chromium is not installed.');
    browser = await chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_ARGUMENTS });
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  }, 60_000);

  async function signIn(role: string): Promise<void> {
    const user = app.users.find((candidate) => candidate.role === role);
    if (!user) throw new Error(`No demo user is ${role}.`);
    await page.context().clearCookies();
    await page.goto(app.url);
    await page.getByLabel('E-mail').fill(user.email);
    await page.getByLabel('Password', { exact: true }).fill(user.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Inventory', level: 1 }).waitFor();
  }

  /** Starts a sync on its page and follows that very run, not the one of an earlier toast, to its end. */
  async function runSync(): Promise<void> {
    await page.getByRole('link', { name: 'Inventory' }).first().click();
    const answer = page.waitForResponse((response) => response.url().endsWith('/inventory/sync'));
    await page.getByRole('button', { name: 'Run sync' }).first().click();
    const { run } = (await (await answer).json()) as { run: { id: string } };
    await page.locator(`a[href$="/operations/${run.id}"]`).first().click();
    await page.getByRole('heading', { name: 'Inventory sync', level: 1 }).waitFor();
    await page.getByText('Not yet', { exact: true }).first().waitFor({ state: 'hidden' });
    await page.getByRole('main').getByText('Succeeded', { exact: true }).first().waitFor();
  }

  async function changeOnePolicy(): Promise<string> {
    const tenants = (await (await fetch(`${app.controlUrl}/tenants`)).json()) as { items: { id: string }[] };
    const tenantId = tenants.items[0]?.id ?? '';
    const changed = await fetch(`${app.controlUrl}/tenants/${tenantId}/objects`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        '@odata.type': '#microsoft.graph.windows10CompliancePolicy',
        displayName: 'Brought in by hand',
        passwordRequired: true,
      }),
    });
    expect(changed.status).toBeLessThan(300);
    return 'Brought in by hand';
  }

  it('syncs, finds the drift of a change, and keeps policies in a backup set', async () => {
    await signIn('Operator');
    await runSync();
    const name = await changeOnePolicy();
    await runSync();

    await page.getByRole('link', { name: 'Drift' }).first().click();
    await page.getByRole('button', { name: 'Generate' }).click();
    await page.getByRole('link', { name }).first().waitFor();

    await page.getByRole('link', { name: 'Backup sets' }).first().click();
    await page.getByRole('button', { name: 'Create backup set' }).first().click();
    await page.getByLabel('Name').fill('Before the change');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /Create/ })
      .click();
    await page.getByRole('heading', { name: 'Before the change' }).waitFor();
    await page.getByRole('button', { name: 'Add policies' }).first().click();
    const picker = page.getByRole('dialog');
    await picker.getByText(name, { exact: true }).click();
    await picker.getByRole('button', { name: /^Add/ }).click();
    await page.getByRole('table').getByRole('row').nth(1).waitFor();

    await page.getByRole('link', { name: 'Operations' }).first().click();
    for (const label of ['Inventory sync', 'Drift', 'backup set']) {
      await page.getByRole('table').getByText(label, { exact: false }).first().waitFor();
    }
  }, 120_000);

  it('shows Readonly everything and lets it start nothing', async () => {
    await signIn('Readonly');
    const sync = page.getByRole('button', { name: 'Run sync' }).first();
    await sync.waitFor();
    expect(await sync.getAttribute('data-disabled')).toBe('true');
    await page.getByRole('link', { name: 'Operations' }).first().click();
    await page.getByRole('table').getByText('Inventory sync').first().waitFor();
  }, 60_000);
});
