import type { Page } from 'playwright-core';
import type { RunningApp } from '../../support/running-app.js';

export interface ShownRun {
  id: string;
  type: string;
  status: string;
  outcome: string;
}

/** Asks the API as the person who is signed in on the page. */
export async function ask<T>(page: Page, method: 'GET' | 'POST', path: string, body?: object): Promise<T> {
  const answer = await page.evaluate(
    async ([how, where, what]) => {
      const response = await fetch(`/api/v1${where}`, {
        method: how ?? 'GET',
        headers: { 'content-type': 'application/json' },
        ...(what === undefined ? {} : { body: what }),
      });
      return { status: response.status, text: await response.text() };
    },
    [method, path, body === undefined ? undefined : JSON.stringify(body)],
  );
  if (answer.status >= 400) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text}`);
  return JSON.parse(answer.text) as T;
}

/** Starts a run as a feature page would. */
export async function start(page: Page, tenantId: string, path: string, body: object = {}): Promise<ShownRun> {
  return (await ask<{ run: ShownRun }>(page, 'POST', `/tenants/${tenantId}${path}`, body)).run;
}

/** The run once it has ended. */
export async function ended(page: Page, tenantId: string, runId: string): Promise<ShownRun> {
  for (;;) {
    const run = await ask<ShownRun>(page, 'GET', `/tenants/${tenantId}/operations/${runId}`);
    if (run.status === 'completed') return run;
    await page.waitForTimeout(100);
  }
}

/** How the simulated Graph misbehaves from now on; no rules for not at all. */
export async function misbehave(app: RunningApp, rules: readonly object[]): Promise<void> {
  const answer = await fetch(`${app.controlUrl}/faults`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ rules }),
  });
  if (!answer.ok) throw new Error(`The faults were refused with ${answer.status}: ${await answer.text()}`);
}
