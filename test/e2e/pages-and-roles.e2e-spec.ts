import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { may, ROLES } from '#libs/access-model/src/permissions.js';
import { pagesOf, type PageIds, type UiPage } from '../screenshots/routes.mjs';
import { describeIfChromium } from '../support/requirements.js';
import { startApp, type RunningApp } from '../support/running-app.js';
import { demoUser, openBrowser, signedIn } from './ui/browser.js';
import { fillTenant, PURPOSES } from './ui/every-page.js';

// Real here: everything, in Chromium. The Graph is the simulator over HTTP.

/** Kept by the page itself the moment that it stands: later it may ask again, because something changed. */
const KEEPS_WHAT_IT_ASKED = `
  globalThis.asked = new Promise((resolve) => {
    const look = () => {
      if (!document.querySelector('main h1') || document.querySelector('main [aria-label="Loading"]')) {
        return requestAnimationFrame(look);
      }
      const urls = performance.getEntriesByType('resource').map(({ name }) => name);
      resolve(urls.filter((url) => url.includes('/api/v1/')));
    };
    requestAnimationFrame(look);
  });`;

/** The newest notifications, which the frame shows on every page. */
const OF_THE_BELL = '/notifications?limit=20';

/** Addresses that narrow what a page shows, as people share them. */
const NARROWED = [
  '/operations?bucket=Failed,Succeeded&type=inventory.sync&window=7d',
  '/inventory/policies?platform=windows10&q=win&sort=changed&limit=100',
  '/drift/findings?severity=high,medium&status=new',
  '/directory/groups?q=a&includeRemoved=true',
  '/settings/members?role=Owner',
  '/notifications?show=unread',
];

/** What went wrong on a page without being said on it. */
class Complaints {
  private readonly heard: string[] = [];

  constructor(page: Page) {
    page.on('pageerror', (error) => this.heard.push(`threw ${error.message}`));
    page.on('response', (response) => {
      if (response.status() >= 400) this.heard.push(`${response.status()} ${new URL(response.url()).pathname}`);
    });
  }

  take(): string[] {
    return this.heard.splice(0);
  }
}

describeIfChromium('every page, as every role', () => {
  let app: RunningApp;
  let browser: Browser;
  let ids: PageIds;
  let pages: UiPage[];

  beforeAll(async () => {
    app = await startApp();
    browser = await openBrowser();
    const owner = await signedIn(browser, app, 'Owner');
    ids = await fillTenant(owner, app, demoUser(app, 'Owner').tenantId);
    await owner.context().close();
    pages = (await pagesOf(ids)).filter(({ isOpen }) => !isOpen);
  }, 240_000);

  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  }, 60_000);

  it('knows what each page is for', () => {
    expect(pages.map(({ name }) => name).sort()).toEqual(Object.keys(PURPOSES).sort());
  });

  it.each(ROLES)(
    'is opened by its address, shows what it is about and offers what the role may do: %s',
    async (role) => {
      const page = await signedIn(browser, app, role);
      const complaints = new Complaints(page);
      const main = page.getByRole('main');
      for (const { name, path } of pages) {
        const { heading, action, reads } = PURPOSES[name] ?? { heading: '' };
        await page.goto(app.url + path);
        await main.getByRole('heading', { level: 1, name: heading }).waitFor();
        await main.getByLabel('Loading', { exact: true }).first().waitFor({ state: 'hidden' });
        const isRefused = (await main.getByRole('heading', { name: 'No access' }).count()) > 0;
        expect({ name, isRefused }).toEqual({ name, isRefused: reads !== undefined && !may(role, reads) });
        if (action !== undefined) {
          const button = main.getByRole('button', { name: action.button, exact: true }).first();
          const isOffered = may(role, action.permission);
          if (isOffered) await button.waitFor();
          const usable = (await button.count()) > 0 && (await button.getAttribute('data-disabled')) === null;
          expect({ name, usable }).toEqual({ name, usable: isOffered });
        }
        expect({ name, complaints: complaints.take() }).toEqual({ name, complaints: [] });
      }
      await page.context().close();
    },
    240_000,
  );

  it('asks the server for nothing twice before it stands', async () => {
    const page = await signedIn(browser, app, 'Owner');
    await page.addInitScript(KEEPS_WHAT_IT_ASKED);
    // The first event makes a page ask again a second later, which on a slow machine may be before it stands.
    await page.route('**/stream*', () => undefined);
    for (const path of [
      ...pages.map((one) => one.path),
      ...NARROWED.map((rest) => `/t/${demoUser(app, 'Owner').tenantId}${rest}`),
    ]) {
      await page.goto(app.url + path);
      const asked = await page.evaluate<string[]>('asked');
      // What is sent ahead and what the page then asks for are the same, filters and all: else one path is asked twice.
      const paths = asked.filter((url) => !url.endsWith(OF_THE_BELL)).map((url) => new URL(url).pathname);
      expect({ path, twice: paths.filter((one, at) => paths.indexOf(one) !== at) }).toEqual({ path, twice: [] });
      expect({ path, asked: asked.length }).not.toEqual({ path, asked: 0 });
    }
    await page.context().close();
  }, 120_000);
});
