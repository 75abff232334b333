import { describe, expect, it } from '@jest/globals';
import { generatedTenant } from '../demo/generated/generated-tenants.js';
import { demoTenants } from '../demo/demo-tenants.js';
import { canonicalJson } from '../store/graph-body.js';
import type { SeedTenant } from '../store/seed-tenant.js';
import { TenantStore } from '../store/tenant-store.js';
import { DEMO_CONTOSO } from '../demo/demo-credentials.js';
import { RunningSimulator } from '../../testing/running-simulator.js';
import { DemoAdmin } from './demo-admin.js';

const START = Date.UTC(2026, 0, 5, 8);
const MINUTE = 60_000;

/** An admin at one tenant who looks every second of `minutes` and whose tenant was read from `readFrom` minutes on. */
function worked(seed: SeedTenant, minutes: number, given: { readFrom?: number; seed?: string } = {}) {
  let now = START;
  const tenant = new TenantStore(structuredClone(seed), () => now);
  const lines: string[] = [];
  const admin = new DemoAdmin(
    { intervalMs: 2 * MINUTE, ...(given.seed === undefined ? {} : { seed: given.seed }) },
    {
      tenants: [tenant],
      wasRead: () => now >= START + (given.readFrom ?? 0) * MINUTE,
      log: (line) => lines.push(`${(now - START) / MINUTE} ${line}`),
    },
  );
  const until = (end: number): void => {
    for (; now < START + end * MINUTE; now += 1_000) admin.look(now);
  };
  until(minutes);
  return { tenant, lines, admin, until };
}

const [contoso] = demoTenants() as [SeedTenant];
const content = (tenant: TenantStore): string[] => tenant.everything().map(({ body }) => canonicalJson(body));

describe('the simulated admin', () => {
  it('waits until somebody has read the tenant, and then for the interval', () => {
    expect(worked(contoso, 60, { readFrom: 100 }).lines).toEqual([]);
    const { lines } = worked(contoso, 12.1, { readFrom: 10 });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^12 grace\.operator@contoso\.example (?:set|chose) /);
  });

  it('does the same in the same tenant every time, and something else with another seed', () => {
    const [one, same, other] = [worked(contoso, 120), worked(contoso, 120), worked(contoso, 120, { seed: 'another' })];
    expect(same.lines).toEqual(one.lines);
    expect(content(same.tenant)).toEqual(content(one.tenant));
    expect(other.lines).not.toEqual(one.lines);
  });

  it('leaves every edit in the audit events, under a name, and none that changes nothing', () => {
    const { tenant, lines } = worked(contoso, 300);
    const events = tenant.audit.list();
    expect(events).toHaveLength(lines.length);
    for (const { body } of events) {
      expect(body).toMatchObject({ actor: { userPrincipalName: 'grace.operator@contoso.example' } });
    }
    expect(new Set(events.map(({ body }) => body.activityOperationType))).toEqual(
      new Set(['Create', 'Patch', 'Delete']),
    );
  });

  it('tires: some edits in the first quarter of an hour, a few a day in the end', () => {
    const editsBy = (minutes: number): number => worked(contoso, minutes).lines.length;
    expect(editsBy(5)).toBe(2);
    expect(editsBy(15)).toBeGreaterThanOrEqual(4);
    expect(editsBy(60)).toBeLessThanOrEqual(12);
    const { lines } = worked(contoso, 5 * 24 * 60);
    const lastDay = lines.filter((line) => Number(line.split(' ')[0]) > 4 * 24 * 60);
    expect(lastDay.length).toBeGreaterThan(0);
    expect(lastDay.length).toBeLessThanOrEqual(8);
  });

  it.each([
    ['Contoso', contoso],
    ['a generated tenant', generatedTenant('smb')],
  ])('keeps what %s came with: copies alone are removed', (_, seed) => {
    const { tenant } = worked(seed, 5 * 24 * 60);
    const before = new Set(seed.objects.map(({ body }) => body.id.toLowerCase()));
    const after = new Set(tenant.everything().map(({ id }) => id.toLowerCase()));
    expect([...before].filter((id) => !after.has(id))).toEqual([]);
    expect(after.size - before.size).toBeLessThanOrEqual(2);
  });

  it('leaves a tenant alone that it is told to leave', () => {
    const { tenant, lines, admin, until } = worked(contoso, 5);
    admin.leave(tenant);
    const done = lines.length;
    until(300);
    expect(lines).toHaveLength(done);
  });
});

describe('the simulated admin in a simulator', () => {
  const policies = '/beta/deviceManagement/configurationPolicies?$top=1';

  it('is not there unless asked for', async () => {
    const lines: string[] = [];
    const simulator = await RunningSimulator.start({ log: (line) => lines.push(line) });
    await simulator.graph(policies, await simulator.token());
    await new Promise((resolve) => setTimeout(resolve, 300));
    await simulator.close();
    expect(lines).toEqual([]);
  });

  it('begins when a tenant is read, and stays away from one that is changed over the control API', async () => {
    const lines: string[] = [];
    const simulator = await RunningSimulator.start({ log: (line) => lines.push(line), demoAdmin: { intervalMs: 20 } });
    const token = await simulator.token();
    await simulator.graph(policies, token);
    while (!lines.some((line) => line.startsWith('grace.operator@contoso.example '))) await turn();
    expect(lines.filter((line) => line.includes('fabrikam'))).toEqual([]);

    const changed = await simulator.control('POST', `/tenants/${DEMO_CONTOSO.entraTenantId}/objects`, {
      '@odata.type': '#microsoft.graph.windows10CompliancePolicy',
      displayName: 'Mine',
    });
    expect(changed.status).toBe(201);
    const done = lines.length;
    await new Promise((resolve) => setTimeout(resolve, 300));
    await simulator.close();
    expect(lines).toHaveLength(done);
  });
});

function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 10));
}
