import path from 'node:path';
import type { Page } from 'playwright-core';

/** The widths that every page is looked at. */
export const WIDTHS = [360, 768, 1440] as const;

/** Keeps what is on the screen as `<name>.png` in `SCREENSHOTS_DIR`; without that nothing is kept. */
export async function screenshot(page: Page, name: string, options: { fullPage?: boolean } = {}): Promise<void> {
  const directory = process.env.SCREENSHOTS_DIR;
  if (directory !== undefined) await page.screenshot({ path: path.join(directory, `${name}.png`), ...options });
}
