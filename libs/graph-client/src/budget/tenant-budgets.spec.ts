import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '../../testing/manual-clock.js';
import { DEFAULT_LIMITS } from '../graph-limits.js';
import { TenantBudgets } from './tenant-budgets.js';
import { readCost } from './workload.js';

describe('What a read costs', () => {
  it.each([
    ['/beta/deviceManagement/configurationPolicies', 'intune', 1],
    ['/beta/deviceAppManagement/mobileApps?$expand=assignments', 'intune', 1],
    ['https://graph.example/beta/deviceManagement/intents?$skiptoken=/users', 'intune', 1],
    ['/beta/identity/conditionalAccess/policies', 'conditionalAccess', 1],
    ['https://graph.example/beta/identity/conditionalAccess/namedLocations?$skiptoken=x', 'conditionalAccess', 1],
    ['/v1.0/groups', 'directory', 1],
    ['/v1.0/groups?$select=id', 'directory', 1],
    ['/v1.0/groups/delta?$expand=members', 'directory', 2],
    ['/v1.0/groups/x/members', 'directory', 3],
    ['/v1.0/groups/x/members?$select=id&$top=10', 'directory', 1],
    ['/v1.0/groups/x/transitiveMembers', 'directory', 5],
    ['/v1.0/users', 'directory', 2],
    ['/v1.0/users?$top=999', 'directory', 2],
  ])('%s: %s, %d', (address, budget, units) => {
    expect(readCost(address)).toEqual({ budget, units, requests: 1, writes: 0 });
  });
});

describe('Tenant budgets', () => {
  const budgetsOf = (clock: ManualClock): TenantBudgets => new TenantBudgets(DEFAULT_LIMITS, clock);

  it('lets conditional access ask once a second', async () => {
    const clock = new ManualClock(0);
    const budgets = budgetsOf(clock);
    const at: number[] = [];
    for (let n = 0; n < 4; n += 1) {
      await budgets.acquire(readCost('/beta/identity/conditionalAccess/policies'));
      at.push(clock.now());
    }
    const gaps = at.slice(1).map((time, n) => time - (at[n] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_000);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(1_150);
  });

  it('counts the directory by units', async () => {
    const clock = new ManualClock(0);
    const budgets = budgetsOf(clock);
    const members = readCost('/v1.0/groups/x/transitiveMembers');
    for (let n = 0; n < 560; n += 1) await budgets.acquire(members);
    expect(clock.waits).toEqual([]);
    await budgets.acquire(members);
    expect(clock.now()).toBe(10_000);
  });

  it('holds one workload while the others go on', async () => {
    const clock = new ManualClock(0);
    const budgets = budgetsOf(clock);
    budgets.hold('directory', 30_000);
    budgets.hold('conditionalAccess', 20_000);
    await budgets.acquire(readCost('/beta/deviceManagement/intents'));
    expect(clock.waits).toEqual([]);
    await budgets.acquire(readCost('/v1.0/groups'));
    expect(clock.now()).toBe(30_000);
  });
});
