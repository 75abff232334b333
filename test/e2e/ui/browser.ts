import { chromium, type Browser, type Page } from 'playwright-core';
import { CHROMIUM } from '../../support/requirements.js';
import type { DemoUser, RunningApp } from '../../support/running-app.js';

const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'];

/** Debian's Chromium without a window. */
export async function openBrowser(): Promise<Browser> {
  if (CHROMIUM === undefined) throw new Error('Chromium is not installed.');
  return chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
}

export interface PersonOptions {
  width?: number;
  height?: number;
  colorScheme?: 'light' | 'dark';
  /** A path of the UI to go to; the start page without it. */
  path?: string;
  /** The demo tenant by its place in the list of users' tenants: 0 is Contoso, 1 is Fabrikam. */
  tenant?: number;
}

/** The first demo user with this role in this demo tenant. */
export function demoUser(app: RunningApp, role: string, tenant = 0): DemoUser {
  const tenants = [...new Set(app.users.map(({ tenantId }) => tenantId))];
  const user = app.users.find((each) => each.role === role && each.tenantId === tenants[tenant]);
  if (user === undefined) throw new Error(`No demo user is ${role} in demo tenant ${tenant}.`);
  return user;
}

/** A person at a browser of their own: no cookies, storage or tabs are shared with others. Reduced motion. */
export async function openPage(browser: Browser, options: PersonOptions = {}): Promise<Page> {
  const { width = 1440, height = 900, colorScheme = 'light' } = options;
  const context = await browser.newContext({ viewport: { width, height }, colorScheme, reducedMotion: 'reduce' });
  return context.newPage();
}

/** Opens a page, signs in as a demo user of this role and waits until the frame of the UI stands. */
export async function signedIn(
  browser: Browser,
  app: RunningApp,
  role: string,
  options: PersonOptions = {},
): Promise<Page> {
  const page = await openPage(browser, options);
  await page.goto(app.url + (options.path ?? '/'));
  await signIn(page, demoUser(app, role, options.tenant));
  await page.getByRole('main').locator('h1').first().waitFor();
  return page;
}

/** Fills in and sends the sign-in page that is open. */
export async function signIn(page: Page, { email, password }: DemoUser): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor({ state: 'hidden' });
}

/**
 * Goes to a page by its link in the main navigation and waits until it stands: the page that is left can be used until
 * then, and may have buttons of the same names.
 */
export async function goTo(page: Page, name: string): Promise<void> {
  // By its first words: how many operations are active stands behind them.
  const link = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: new RegExp(`^${name}\\b`) });
  await link.click();
  await page.getByRole('heading', { name, level: 1, exact: true }).waitFor();
}
