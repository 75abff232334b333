import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';

interface AxeNode {
  html: string;
  failureSummary?: string;
}

interface AxeViolation {
  id: string;
  help: string;
  nodes: AxeNode[];
}

const source = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const STILL_MS = 300;
const PATIENCE_MS = 20_000;

/**
 * Waits until the page has not changed for a moment. Axe looks at styles and at attributes at different times: a button that
 * becomes usable in between looks disabled to it and is not.
 * @throws Error with what changed last, of a page that never comes to rest
 */
async function standsStill(page: Page): Promise<void> {
  await page.evaluate(`new Promise((resolve, reject) => {
    const stop = () => { changes.disconnect(); clearTimeout(timer); clearTimeout(patience); };
    const done = () => { stop(); resolve(); };
    let timer = setTimeout(done, ${STILL_MS});
    let last = '';
    const patience = setTimeout(() => { stop(); reject(new Error('The page never stands still: ' + last)); }, ${PATIENCE_MS});
    const changes = new MutationObserver((records) => {
      const { type, target, attributeName } = records.at(-1);
      last = type + ' ' + (attributeName ?? '') + ' of ' + (target.outerHTML ?? target.data).slice(0, 200);
      clearTimeout(timer);
      timer = setTimeout(done, ${STILL_MS});
    });
    changes.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  })`);
}

/** What axe finds against its whole default set of rules in what is on the screen now, one text per element. */
export async function axeViolations(page: Page): Promise<string[]> {
  await standsStill(page);
  // Evaluated by the debugger, so that the page's content security policy stays as it is.
  await page.evaluate(await source);
  const violations = await page.evaluate(
    async () =>
      (await (globalThis as unknown as { axe: { run(): Promise<{ violations: AxeViolation[] }> } }).axe.run())
        .violations,
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      ({ html, failureSummary = '' }) => `${id}: ${help}\n  ${html}\n  ${failureSummary.replaceAll('\n', ' ')}`,
    ),
  );
}

/** Fails with every element that axe has something against. */
export async function expectAxeClean(page: Page): Promise<void> {
  expect(await axeViolations(page)).toEqual([]);
}
