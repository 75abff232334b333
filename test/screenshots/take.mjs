#!/usr/bin/env node
// Takes a picture of every page of the web UI and keeps it in docs/screenshots. Usage: npm run screenshots [-- --only NAME]
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { startDemo } from './demo.mjs';
import { pagesOf } from './routes.mjs';

const OUT = path.resolve(import.meta.dirname, '../../docs/screenshots');
const LARGEST_BYTES = 200_000;
/** Every page is taken on a desktop in light; these in dark and on a phone too. */
const ALSO_DARK = [
  'overview',
  'inventory-policies',
  'inventory-policies-one',
  'drift-findings-one',
  'operations',
  'operations-one',
];
const ALSO_PHONE = ['overview', 'inventory-policies', 'drift-findings', 'operations', 'operations-one'];
const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const say = (sentence) => console.log(sentence);
const executablePath =
  process.env.CHROMIUM_PATH ?? ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((file) => existsSync(file));
if (executablePath === undefined) throw new Error('Chromium is not installed; CHROMIUM_PATH names one.');

const demo = await startDemo(say);
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
try {
  await mkdir(OUT, { recursive: true });
  const pages = (await pagesOf(demo.ids)).filter(({ name }) => values.only === undefined || name === values.only);
  const named = (names) => pages.filter(({ name }) => names.includes(name));
  await take(pages, DESKTOP, 'light', '');
  await take(named(ALSO_DARK), DESKTOP, 'dark', '-dark');
  await take(named(ALSO_PHONE), PHONE, 'light', '-phone');
} finally {
  await browser.close();
  await demo.stop();
}
process.exit();

async function take(pages, viewport, colorScheme, suffix) {
  for (const isOpen of [true, false]) {
    const group = pages.filter((page) => page.isOpen === isOpen);
    const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' });
    if (!isOpen) await context.request.post(`${demo.origin}/api/v1/auth/login`, { data: demo.credentials });
    const page = await context.newPage();
    for (const { name, path: address } of group) {
      await page.goto(demo.origin + address);
      await page.locator('h1').first().waitFor();
      await page.getByLabel('Loading', { exact: true }).first().waitFor({ state: 'hidden' });
      await page.locator('.mantine-Skeleton-root').first().waitFor({ state: 'detached' });
      await page.waitForTimeout(500); // charts and images are drawn a moment after the text
      await keep(page, `${name}${suffix}`);
    }
    await context.close();
  }
}

/** WebP, which keeps text sharp in a tenth of a PNG's bytes. */
async function keep(page, name) {
  const devtools = await page.context().newCDPSession(page);
  const { data } = await devtools.send('Page.captureScreenshot', { format: 'webp', quality: 85 });
  const bytes = Buffer.from(data, 'base64');
  if (bytes.length > LARGEST_BYTES) throw new Error(`${name} has ${bytes.length} bytes, more than ${LARGEST_BYTES}.`);
  await writeFile(path.join(OUT, `${name}.webp`), bytes);
  say(`${name} (${Math.round(bytes.length / 1000)} kB)`);
}
