import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { generatedTenant } from '#libs/graph-simulator/src/demo/generated/generated-tenants.js';
import type { SeedApp } from '#libs/graph-simulator/src/store/seed-tenant.js';
import { askedOfGraph, needlessRequests, policyIn, requestsOfReadTypes } from '../support/graph-requests.js';
import { Installation } from '../support/installation.js';

// Real here: the worker is a process that is killed in the middle of a sync, and the simulator's log says what Graph was asked for.

const SEED = generatedTenant('mid');
const CONDITIONAL_ACCESS = '/beta/identity/conditionalAccess/';
const APP = SEED.apps[0] as SeedApp;

describe('a sync whose worker is killed', () => {
  let installation: Installation;
  beforeEach(async () => {
    installation = await Installation.set({ seed: SEED });
    await installation.start('main.js');
    await installation.signIn();
  });
  afterEach(() => installation?.close());

  const asked = (since?: number): Promise<string[]> => askedOfGraph(installation.simulator.controlOrigin, since);
  const stored = async (): Promise<Set<string>> => {
    const rows = await installation.database.query<{ external_id: string }>(
      'SELECT external_id FROM inventory_policies',
    );
    return new Set(rows.map(({ external_id }) => external_id));
  };
  const readTypes = async (): Promise<Set<string>> => {
    const rows = await installation.database.query<{ type: string }>(
      `SELECT type FROM inventory_coverage WHERE state = 'read'`,
    );
    return new Set(rows.map(({ type }) => type));
  };
  /**
   * What the pages among these requests name, by asking them again for ourselves. Not of conditional access, which allows one
   * request a second: of it, the types that were read to the end must do.
   */
  const namedBy = async (paths: readonly string[]): Promise<Map<string, string[]>> => {
    const token = await installation.simulator.token({ ...APP, entraTenantId: SEED.entraTenantId });
    const named = new Map<string, string[]>();
    for (const path of new Set(
      paths.filter((path) => policyIn(path) === undefined && !path.startsWith(CONDITIONAL_ACCESS)),
    )) {
      const { status, json } = await installation.simulator.graph(path, token);
      expect(status).not.toBe(429);
      const items = (json['value'] ?? []) as { id?: string }[];
      named.set(
        path,
        items.map(({ id }) => String(id)),
      );
    }
    return named;
  };

  it('goes on in another worker without asking for what was kept', async () => {
    const worker = await installation.start('worker.js');
    await installation.slow(150);
    const run = await installation.startSync();
    while ((await stored()).size < 150) await new Promise((resolve) => setTimeout(resolve, 20));
    await worker.end('SIGKILL');
    await installation.slow(0);

    const kept = await stored();
    const read = await readTypes();
    const before = await asked();
    const pages = await namedBy(before);
    const ours = (await asked()).length;
    await installation.start('worker.js');
    expect(await installation.completed(run)).toMatchObject({ outcome: 'succeeded', attempt: 2 });

    const after = await asked(ours);
    expect(needlessRequests(before, after, pages, kept)).toEqual([]);
    expect(requestsOfReadTypes(after, read)).toEqual([]);
    expect(requestsOfReadTypes(before, read)).not.toEqual([]);
    expect(after.length).toBeGreaterThan(0);
    expect(before.filter((path) => kept.has(policyIn(path) ?? '')).length).toBeGreaterThan(0);
    expect([...pages.values()].filter((ids) => ids.length > 0 && ids.every((id) => kept.has(id)))).not.toEqual([]);
    await installation.expectOneTruth(run);

    const next = await installation.startSync();
    await installation.completed(next);
    const [synced] = await installation.database.query<{ context: { policies: number; versionsWritten: number } }>(
      'SELECT context FROM operation_runs WHERE id = $1',
      [next.id],
    );
    expect(synced?.context).toMatchObject({ policies: (await stored()).size, versionsWritten: 0 });
  }, 240_000);
});
