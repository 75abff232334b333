import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { may, ROLES } from '#libs/access-model/src/permissions.js';
import { pagesOf, type PageIds, type UiPage } from '../screenshots/routes.mjs';
import { describeIfChromium } from '../support/requirements.js';
import { startApp, type RunningApp } from '../support/running-app.js';
import { demoUser, openBrowser, signedIn } from './ui/browser.js';
import { fillTenant, PURPOSES } from './ui/every-page.js';

// Real here: everything, in Chromium. The Graph is the simulator over HTTP.

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
});
