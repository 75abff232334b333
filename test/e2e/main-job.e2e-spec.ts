import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { unzipSync } from 'fflate';
import type { Browser, Page } from 'playwright-core';
import { describeIfChromium } from '../support/requirements.js';
import { startApp, type RunningApp } from '../support/running-app.js';
import { goTo, openBrowser, signedIn } from './ui/browser.js';

// Real here: everything, in Chromium. The Graph is the simulator over HTTP.

describeIfChromium('the main job, in the browser', () => {
  let app: RunningApp;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    app = await startApp();
    browser = await openBrowser();
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  }, 60_000);

  async function signIn(role: string): Promise<void> {
    page = await signedIn(browser, app, role);
    await goTo(page, 'Inventory');
  }

  /** Starts a sync on its page and follows that very run, not the one of an earlier toast, to its end. */
  async function runSync(): Promise<void> {
    await goTo(page, 'Inventory');
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

  async function renameOnePolicy(): Promise<{ id: string; name: string }> {
    const name = 'Renamed by hand';
    const tenants = (await (await fetch(`${app.controlUrl}/tenants`)).json()) as { items: { id: string }[] };
    const objects = `${app.controlUrl}/tenants/${tenants.items[0]?.id ?? ''}/objects`;
    const json = { 'content-type': 'application/json' };
    const made = await fetch(objects, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({
        '@odata.type': '#microsoft.graph.windows10CompliancePolicy',
        displayName: 'To be renamed',
      }),
    });
    const { id } = (await made.json()) as { id: string };
    await runSync();
    const renamed = await fetch(`${objects}/${id}`, {
      method: 'PATCH',
      headers: json,
      body: JSON.stringify({ displayName: name }),
    });
    expect(renamed.status).toBe(200);
    return { id, name };
  }

  /** The archive's files in a new folder. */
  async function unzipped(archive: string): Promise<string> {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'tenantatlas-export-'));
    for (const [name, content] of Object.entries(unzipSync(await readFile(archive)))) {
      await mkdir(path.join(folder, path.dirname(name)), { recursive: true });
      await writeFile(path.join(folder, name), content);
    }
    return folder;
  }

  it('syncs, finds the drift of a change, and keeps policies in a backup set', async () => {
    await signIn('Operator');
    await runSync();
    const name = await changeOnePolicy();
    await runSync();

    await goTo(page, 'Drift');
    await page.getByRole('button', { name: 'Generate' }).click();
    await page.getByRole('link', { name }).first().waitFor();

    await goTo(page, 'Backup sets');
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

    await goTo(page, 'Operations');
    for (const label of ['Inventory sync', 'Drift', 'backup set']) {
      await page.getByRole('table').getByText(label, { exact: false }).first().waitFor();
    }
  }, 120_000);

  it('shows the directory, the connection and its test, and what differs between versions', async () => {
    await signIn('Owner');
    await goTo(page, 'Directory');
    await page.getByRole('button', { name: 'Sync groups' }).first().click();
    const groups = page.getByRole('table', { name: 'Groups by name' });
    const group = groups.getByRole('row').nth(1).getByRole('link');
    await group.waitFor();
    const name = await group.innerText();
    await group.click();
    await page.getByRole('heading', { name, level: 1 }).waitFor();

    await goTo(page, 'Graph connection');
    await page.getByRole('button', { name: 'Test connection' }).click();
    await page.getByText('The connection works.').waitFor();

    const { id, name: changed } = await renameOnePolicy();
    await runSync();
    await goTo(page, 'Inventory');
    await page.getByLabel('Search', { exact: true }).fill(changed);
    await page.getByRole('link', { name: changed, exact: true }).click();
    await page.getByText(id).first().waitFor();
    await page.getByRole('tab', { name: /^Versions/ }).click();
    await page
      .getByRole('link', { name: /^Compare version/ })
      .first()
      .click();
    await page.getByRole('treegrid', { name: 'Values before and after' }).getByText(changed).waitFor();
  }, 120_000);

  it('exports the policies of a filter as an archive that an import finds equal', async () => {
    await signIn('Operator');
    await page.getByRole('combobox', { name: 'Type' }).click();
    await page.getByRole('option', { name: /^Compliance policy \(/ }).click();
    await page.keyboard.press('Escape');
    await page.getByText(/with these filters/).waitFor();
    await page.getByRole('link', { name: 'Import and export' }).click();
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download the archive' }).first().click();
    const archive = await (await download).path();
    await page.getByLabel('Zip of policies').setInputFiles(archive);
    await page.getByText(/^Read .+ The report is below\.$/).waitFor();
    const report = page.getByRole('table', { name: 'Policies in the archive' });
    const states = report.getByRole('row').locator('td[data-label="In the tenant"]');
    const found = await states.allInnerTexts();
    expect(new Set(found)).toEqual(new Set(['Equal']));

    const folder = await unzipped(archive);
    await page.getByLabel('Folder of policies').setInputFiles(folder);
    await page.getByText(`Read ${path.basename(folder)}. The report is below.`).waitFor();
    expect(await states.allInnerTexts()).toEqual(found);
    await rm(folder, { recursive: true });
  }, 120_000);

  it('shows Readonly everything and lets it start nothing', async () => {
    await signIn('Readonly');
    const sync = page.getByRole('button', { name: 'Run sync' }).first();
    await sync.waitFor();
    expect(await sync.getAttribute('data-disabled')).toBe('true');
    await goTo(page, 'Operations');
    await page.getByRole('table').getByText('Inventory sync').first().waitFor();
  }, 60_000);
});
