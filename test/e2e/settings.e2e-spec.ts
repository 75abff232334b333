import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { describeIfChromium } from '../support/requirements.js';
import { startApp, type RunningApp } from '../support/running-app.js';
import { expectAxeClean } from './ui/axe.js';
import { demoUser, openBrowser, openPage, signedIn } from './ui/browser.js';
import { screenshot, WIDTHS } from './ui/screenshots.js';

// Real here: everything, in Chromium. The Graph is the simulator over HTTP.

const PASSWORD = 'a long enough passphrase';

const PAGES: readonly [path: string, heading: string][] = [
  ['settings/members', 'Members and roles'],
  ['settings/schedules', 'Schedules'],
  ['settings/channels', 'Notification channels'],
  ['audit', 'Audit'],
  ['notifications', 'Notifications'],
  ['account/api-tokens', 'API tokens'],
  ['account/profile', 'Profile'],
];

describeIfChromium('the settings of a tenant and an account, in the browser', () => {
  let app: RunningApp;
  let browser: Browser;
  let base: string;

  beforeAll(async () => {
    app = await startApp();
    browser = await openBrowser();
    base = `/t/${demoUser(app, 'Owner').tenantId}`;
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  }, 60_000);

  const openAs = (role: string, path: string): Promise<Page> =>
    signedIn(browser, app, role, { path: `${base}/${path}` });

  /** Invites a person on the page that is open, and answers the link. */
  async function invite(page: Page, email: string, role: string): Promise<string> {
    await page.getByRole('button', { name: 'Add a person' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('E-mail').fill(email);
    await dialog.getByRole('radio', { name: role, exact: true }).check();
    await expectAxeClean(page);
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    const link = await dialog.getByLabel('Invitation link', { exact: true }).inputValue();
    await screenshot(page, 'members-link');
    await dialog.getByRole('button', { name: 'Done' }).click();
    return link;
  }

  it('lets an Owner invite a person, who joins with the role and cannot use the link again', async () => {
    const owner = await openAs('Owner', 'settings/members');
    const link = await invite(owner, 'ines@contoso.example', 'Operator');
    const invitations = owner.getByRole('table', { name: /^Open invitations/ });
    await invitations.getByText('ines@contoso.example').waitFor();
    // The demo's public address is its own, whatever it is called here.
    const address = app.url + new URL(link).pathname + new URL(link).hash;

    const ines = await openPage(browser);
    await ines.goto(address);
    await ines.getByRole('heading', { name: 'Join Contoso', level: 1 }).waitFor();
    await expectAxeClean(ines);
    await screenshot(ines, 'invitation');
    await ines.getByLabel('Your name').fill('Ines Invited');
    await ines.getByLabel('New password').fill('short');
    await ines.getByRole('button', { name: 'Create account and join' }).click();
    await ines.getByText('Must have at least 12 characters', { exact: true }).waitFor();
    await ines.getByLabel('New password').fill(PASSWORD);
    await ines.getByRole('button', { name: 'Create account and join' }).click();
    await ines.getByRole('button', { name: 'Account of Ines Invited' }).click();
    await ines.getByText('Operator in Contoso').waitFor();

    await ines.context().clearCookies();
    await ines.goto(app.url);
    await ines.getByLabel('E-mail').fill('ines@contoso.example');
    await ines.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await ines.getByRole('button', { name: 'Sign in', exact: true }).click();
    await ines.getByRole('button', { name: 'Account of Ines Invited' }).waitFor();

    const late = await openPage(browser);
    await late.goto(address);
    await late.getByRole('heading', { name: 'This invitation cannot be used' }).waitFor();

    await owner.reload();
    const members = owner.getByRole('table', { name: 'Members by name' });
    await members.getByRole('button', { name: 'Actions for Ines Invited' }).click();
    await owner.getByRole('menuitem', { name: 'Remove from the tenant' }).click();
    await owner.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await members.getByText('ines@contoso.example').waitFor({ state: 'hidden' });
    await ines.reload();
    await ines.getByRole('heading', { name: 'No access' }).waitFor();

    await owner.goto(`${app.url}${base}/audit`);
    const trail = owner.getByRole('table', { name: /^Audit entries/ });
    await trail.getByText(/removed Ines Invited who was Operator/).waitFor();
    await trail.getByText(/invited ines@contoso\.example as Operator/).waitFor();
    await owner.getByLabel('Search', { exact: true }).fill('ines@');
    await trail.getByText(/removed Ines Invited/).waitFor({ state: 'hidden' });
    await trail.getByText('Technical details').first().click();
    await trail.getByText('invitation.accept').waitFor();
  }, 120_000);

  it('refuses an Owner who would leave the tenant without one', async () => {
    const page = await openAs('Owner', 'settings/members');
    await page.getByRole('button', { name: 'Actions for Owner of Contoso' }).click();
    await page.getByRole('menuitem', { name: 'Change role' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: 'Manager' }).check();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText(/keeps at least one owner/).waitFor();
  }, 60_000);

  it('shows Readonly what he may see, and offers no change', async () => {
    const page = await openAs('Readonly', 'settings/members');
    await page.getByRole('cell', { name: /^Owner/ }).waitFor();
    expect(await page.getByText('@contoso.example').count()).toBe(0);
    expect(await page.getByRole('button', { name: /Add a person|^Actions for/ }).count()).toBe(0);
    await page.goto(`${app.url}${base}/settings/schedules`);
    const create = page.getByRole('button', { name: 'Create schedule' }).first();
    await create.waitFor();
    expect(await create.getAttribute('data-disabled')).toBe('true');
    for (const path of ['audit', 'settings/channels']) {
      await page.goto(`${app.url}${base}/${path}`);
      await page.getByRole('heading', { name: 'No access' }).waitFor();
      await expectAxeClean(page);
    }
    expect(await page.getByRole('link', { name: 'Audit' }).count()).toBe(0);
  }, 60_000);

  it('creates a token that works until it is revoked', async () => {
    const page = await openAs('Operator', 'account/api-tokens');
    await page.getByRole('button', { name: 'Create token' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Nightly report');
    await dialog.getByRole('button', { name: 'Create', exact: true }).click();
    const token = await dialog.getByLabel('Token', { exact: true }).inputValue();
    await expectAxeClean(page);
    await dialog.getByRole('button', { name: 'Done' }).click();
    const call = async (): Promise<number> =>
      (await fetch(`${app.url}/api/v1/me`, { headers: { authorization: `Bearer ${token}` } })).status;
    expect(await call()).toBe(200);
    await page.reload();
    const row = page.getByRole('row', { name: /Nightly report/ });
    await row.waitFor();
    expect(await row.getByText('Never').count()).toBe(0);
    await row.getByRole('button', { name: 'Revoke Nightly report' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await row.waitFor({ state: 'hidden' });
    expect(await call()).toBe(401);
  }, 60_000);

  it('creates and edits a schedule in words, with its next runs before it is kept', async () => {
    const page = await openAs('Manager', 'settings/schedules');
    await page.getByRole('button', { name: 'Create schedule' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Before work');
    await dialog.getByText('Weekly', { exact: true }).click();
    await dialog.getByRole('textbox', { name: 'At', exact: true }).fill('06:15');
    await dialog.locator('ol li time').nth(4).waitFor();
    await expectAxeClean(page);
    await screenshot(page, 'schedule-form');
    await dialog.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByText('Mon to Fri at 06:15').waitFor();

    await page.getByRole('button', { name: 'Edit Before work' }).click();
    await dialog.getByText('Cron', { exact: true }).click();
    await dialog.getByLabel('Cron expression').fill('* * * * *');
    await dialog.getByText(/Must leave at least 5 minutes/).waitFor();
    await dialog.getByLabel('Cron expression').fill('0 0 1 * *');
    await dialog.getByText(/Must leave/).waitFor({ state: 'hidden' });
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Cron 0 0 1 * *').waitFor();
    await dialog.waitFor({ state: 'hidden' }); // it holds the focus as long as it fades
    await page.getByRole('switch', { name: 'Before work is on' }).press('Space');
    await page
      .getByRole('row', { name: /Before work/ })
      .getByText('Off', { exact: true })
      .waitFor();
  }, 60_000);

  it('changes a password, and signs the other browsers out', async () => {
    const page = await openAs('Manager', 'account/profile');
    const other = await openAs('Manager', 'account/profile');
    await page.getByLabel('Present password').fill(demoUser(app, 'Manager').password);
    await page.getByLabel('New password', { exact: true }).fill(PASSWORD);
    await page.getByLabel('New password again').fill(PASSWORD);
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('Password changed').waitFor();
    await other.reload();
    await other.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Profile', level: 1 }).waitFor();
  }, 60_000);

  it.each(['light', 'dark'] as const)(
    'has pages that axe finds nothing against, in the %s theme',
    async (colorScheme) => {
      const page = await signedIn(browser, app, 'Owner', { path: `${base}/settings/members`, colorScheme });
      for (const [path, heading] of PAGES) {
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: 900 });
          await page.goto(`${app.url}${base}/${path}`);
          await page.getByRole('heading', { name: heading, level: 1 }).waitFor();
          await page.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'hidden' });
          await expectAxeClean(page);
          const wide = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
          expect({ path, width, wide: Math.max(0, wide) }).toEqual({ path, width, wide: 0 });
          await screenshot(page, `${path.replace('/', '-')}-${width}-${colorScheme}`, { fullPage: true });
        }
      }
    },
    180_000,
  );
});
