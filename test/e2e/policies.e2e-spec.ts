import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { describeIfChromium } from '../support/requirements.js';
import { startApp, type RunningApp } from '../support/running-app.js';
import { expectAxeClean } from './ui/axe.js';
import { demoUser, goTo, openBrowser, signedIn } from './ui/browser.js';
import { ask, ended, start } from './ui/runs.js';
import { screenshot, WIDTHS } from './ui/screenshots.js';

// Real here: everything, in Chromium. The Graph is the simulator over HTTP, with a generated tenant of middle size.

interface Listed {
  id: string;
  name: string;
  externalId: string;
}

/** After so long a text that is typed is searched for. */
const TYPING_PAUSE_MS = 300;

describeIfChromium('policies from inventory to drift and backup, in the browser', () => {
  let app: RunningApp;
  let browser: Browser;
  let tenantId: string;
  /** The simulated tenant behind it. */
  let directoryId: string;

  beforeAll(async () => {
    app = await startApp({ GRAPH_SIMULATOR_DEMO: 'mid' });
    browser = await openBrowser();
    tenantId = demoUser(app, 'Owner').tenantId;
    const { items } = (await (await fetch(`${app.controlUrl}/tenants`)).json()) as { items: { id: string }[] };
    directoryId = items[0]?.id ?? '';
    const page = await signedIn(browser, app, 'Owner');
    await sync(page);
    await page.context().close();
  }, 240_000);

  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  }, 60_000);

  const path = (below: string): string => `/t/${tenantId}${below}`;
  const at = (below: string): string => app.url + path(below);
  const grid = (page: Page) => page.getByRole('treegrid', { name: 'Values before and after' });

  async function sync(page: Page): Promise<void> {
    const run = await start(page, tenantId, '/inventory/sync');
    expect((await ended(page, tenantId, run.id)).outcome).toBe('succeeded');
  }

  /** One change by an admin of the tenant. */
  async function change(method: 'POST' | 'PATCH' | 'DELETE', objectId: string, body?: object): Promise<{ id: string }> {
    const answer = await fetch(`${app.controlUrl}/tenants/${directoryId}/objects${objectId}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    expect(answer.status).toBeLessThan(300);
    return (method === 'POST' ? await answer.json() : {}) as { id: string };
  }

  async function listed(page: Page, query: string): Promise<Listed[]> {
    return (await ask<{ items: Listed[] }>(page, 'GET', `/tenants/${tenantId}/inventory/policies?${query}`)).items;
  }

  it('leads from a change in the tenant to a finding that is read and acknowledged', async () => {
    const page = await signedIn(browser, app, 'Manager', { path: path('/inventory/policies') });
    const script = (colour: string): string =>
      Buffer.from(
        Array.from({ length: 40 }, (_, line) => `Set-Thing ${line === 20 ? colour : line}`).join('\n'),
      ).toString('base64');
    const made = await change('POST', '', {
      '@odata.type': '#microsoft.graph.deviceManagementScript',
      displayName: 'Colour the things',
      fileName: 'colour.ps1',
      scriptContent: script('red'),
    });
    await sync(page);
    await change('PATCH', `/${made.id}`, { scriptContent: script('green') });
    await sync(page);

    await goTo(page, 'Drift');
    await page.getByText('Both syncs read every policy type, so everything is compared.').waitFor();
    await page.getByRole('button', { name: 'Generate drift' }).click();
    await page.getByRole('link', { name: 'Colour the things' }).first().click();
    await grid(page).getByText('Script content').waitFor();
    expect(await grid(page).locator('del').allInnerTexts()).toEqual(['red']);
    expect(await grid(page).locator('ins').allInnerTexts()).toEqual(['green']);
    await page
      .getByRole('button', { name: /unchanged lines/ })
      .first()
      .waitFor();
    await expectAxeClean(page);

    await page.getByRole('button', { name: 'Acknowledge' }).click();
    await page.getByLabel('Reason').fill('Change 4711');
    await expectAxeClean(page);
    await page.getByRole('dialog').getByRole('button', { name: 'Acknowledge' }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.getByText('Change 4711', { exact: true }).waitFor();
    await page.getByRole('main').getByText('Acknowledged', { exact: true }).first().waitFor();

    await page.goto(at('/drift/findings?status=acknowledged&group=policy'));
    await page.getByRole('button', { name: 'Remove filter Status: Acknowledged' }).waitFor();
    await page.getByRole('table', { name: 'Findings by policy' }).getByText('Colour the things').waitFor();
    await page.context().close();
  }, 180_000);

  it('compares two versions, and goes from change to change by keyboard and by link', async () => {
    const page = await signedIn(browser, app, 'Readonly', { path: path('/inventory/policies') });
    const made = await change('POST', '', {
      '@odata.type': '#microsoft.graph.windows10CompliancePolicy',
      displayName: 'Strict enough',
      passwordRequired: false,
      passwordMinimumLength: 6,
    });
    const owner = await signedIn(browser, app, 'Owner');
    await sync(owner);
    await change('PATCH', `/${made.id}`, { passwordRequired: true, passwordMinimumLength: 14 });
    await sync(owner);
    await owner.context().close();

    const [policy] = await listed(page, 'q=Strict%20enough');
    await page.goto(at(`/inventory/policies/${policy?.id}`));
    await page.getByRole('tab', { name: 'Versions (2)' }).click();
    await page.getByRole('link', { name: /^Compare version .* with the one before$/ }).click();
    await page.getByText('2 changed', { exact: true }).first().waitFor();
    const focused = (): Promise<string> => page.evaluate("document.activeElement?.textContent ?? ''");
    await page.keyboard.press('n');
    await page.waitForURL(/#properties\/passwordMinimumLength$/);
    expect(await focused()).toContain('Password minimum length');
    await page.keyboard.press('n');
    await page.waitForURL(/#properties\/passwordRequired$/);
    await page.keyboard.press('p');
    await page.waitForURL(/#properties\/passwordMinimumLength$/);

    await page.reload();
    const row = grid(page).getByRole('row', { name: /Password minimum length/ });
    await row.waitFor();
    await page.waitForFunction("document.activeElement?.textContent?.includes('Password minimum length')");
    // Twice, because the menu is made when it is first asked for.
    const copies = row.getByRole('button', { name: 'Copy from Password minimum length' });
    for (let times = 0; times < 2; times += 1) {
      await copies.focus();
      await page.keyboard.press('Enter');
      const item = page.getByRole('menuitem', { name: 'Copy value before' });
      await item.waitFor();
      expect(await copies.getAttribute('aria-expanded')).toBe('true');
      await page.keyboard.press('Escape');
      await item.waitFor({ state: 'hidden' });
      await page.waitForFunction("document.activeElement?.getAttribute('aria-label')?.startsWith('Copy from ')");
    }
    await page.getByText('All', { exact: true }).click();
    await grid(page).getByText('Strict enough').first().waitFor();

    await page.goto(at(`/inventory/policies/${policy?.id}`));
    await page.getByLabel('Search settings').fill('minimum');
    await page.waitForURL(/\?find=minimum$/);
    await page.reload();
    const settings = page.getByRole('treegrid', { name: 'Settings' });
    await settings.getByText('Password minimum length').waitFor();
    expect(await page.getByLabel('Search settings').inputValue()).toBe('minimum');
    expect(await settings.getByText('Password required').count()).toBe(0);

    await page.goto(at('/inventory/policies?q=minimum'));
    const search = page.getByLabel('Search', { exact: true });
    await search.fill('minimum length');
    // Before what was typed is taken over, which would undo it a moment later.
    await page.getByRole('button', { name: 'Clear filters' }).first().click();
    await page.waitForURL(/\/policies$/);
    await page.waitForTimeout(TYPING_PAUSE_MS * 2);
    expect(page.url()).toMatch(/\/policies$/);
    expect(await search.inputValue()).toBe('');

    await page.goto(at(`/inventory/policies/${policy?.id}?tab=json&form=compared`));
    await page.getByRole('radio', { name: 'As compared', checked: true }).waitFor({ state: 'attached' });
    await page.getByText('From Microsoft Graph', { exact: true }).click();
    await page.waitForURL(/\?tab=json$/);
    await page.getByLabel('JSON', { exact: true }).getByText('@odata.type').waitFor();
    await page.context().close();
  }, 180_000);

  it('adds 200 policies to a set, three of which are gone, and says why', async () => {
    const page = await signedIn(browser, app, 'Operator', { path: path('/backup-sets') });
    await page.getByRole('button', { name: 'Create backup set' }).first().click();
    await page.getByLabel('Name').fill('Before the big change');
    await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { name: 'Before the big change' }).waitFor();

    await page.getByRole('button', { name: 'Add policies' }).first().click();
    const picker = page.getByRole('dialog');
    await picker.getByText('Select all 100 policies loaded').waitFor();
    await picker.getByRole('button', { name: 'Load more' }).click();
    await picker.getByText('Select all 200 policies loaded').click();
    await picker.getByText('200 policies selected').waitFor();
    await expectAxeClean(page);
    await screenshot(page, 'add-policies-1440-light');

    // While the person still looks at the list, three of the policies are deleted and a sync notices.
    const chosen = await listed(page, 'limit=100');
    const deleted = chosen.slice(0, 3);
    for (const { externalId } of deleted) await change('DELETE', `/${externalId}`);
    await sync(page);
    await picker.getByRole('button', { name: 'Add 200 policies' }).click();

    await page.getByText('Last addition: 197 of 200 policies were added; 3 could not be.').waitFor();
    const failures = page.getByRole('region', { name: 'Failures' });
    await failures.getByText('The policy is not in the tenant any more.').waitFor();
    await failures.getByText('Add it from an older set, or leave it out.').waitFor();
    await failures.getByRole('button', { name: '3 items' }).click();
    for (const { name } of deleted) await failures.getByText(name.trim(), { exact: true }).first().waitFor();
    await page.getByText('197 policies', { exact: false }).first().waitFor();
    await expectAxeClean(page);
    await screenshot(page, 'backup-set-1440-light');
    await page.context().close();
  }, 180_000);

  it.each(['light', 'dark'] as const)(
    'has nothing that axe finds on its pages, %s',
    async (colorScheme) => {
      const page = await signedIn(browser, app, 'Owner', { colorScheme });
      const [policy] = await listed(page, 'q=Strict%20enough');
      const { items } = await ask<{ items: { id: string }[] }>(page, 'GET', `/tenants/${tenantId}/drift/findings`);
      const pages: Readonly<Record<string, string>> = {
        inventory: '/inventory/policies',
        'policy-settings': `/inventory/policies/${policy?.id}`,
        'policy-assignments': `/inventory/policies/${policy?.id}?tab=assignments`,
        'policy-versions': `/inventory/policies/${policy?.id}?tab=versions`,
        'policy-dependencies': `/inventory/policies/${policy?.id}?tab=dependencies`,
        'policy-json': `/inventory/policies/${policy?.id}?tab=json`,
        'compare-versions': `/inventory/policies/${policy?.id}/compare?show=all`,
        drift: '/drift/findings?severity=high',
        finding: `/drift/findings/${items[0]?.id}`,
        'backup-sets': '/backup-sets',
        directory: '/directory/groups',
        'directory-live': '/directory/groups?where=live',
      };
      for (const [name, below] of Object.entries(pages)) {
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: 900 });
          await page.goto(at(below));
          await page.getByRole('heading', { level: 1 }).waitFor();
          await page.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'hidden' });
          await screenshot(page, `${name}-${width}-${colorScheme}`);
          expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
        }
        await expectAxeClean(page);
      }
      await page.context().close();
    },
    240_000,
  );
});
