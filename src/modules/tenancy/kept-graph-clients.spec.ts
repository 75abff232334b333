import { setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import type { TenantBudgets } from '#libs/graph-client/src/budget/tenant-budgets.js';
import type { GraphClient } from '#libs/graph-client/src/graph-client.js';
import { KeptGraphClients } from './kept-graph-clients.js';

const DAY = 24 * 60 * 60_000;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

interface BudgetedClient extends GraphClient {
  budgets: TenantBudgets;
}

const clientOn = (budgets: TenantBudgets): BudgetedClient => ({ budgets }) as unknown as BudgetedClient;

describe('KeptGraphClients', () => {
  let now = 0;
  const kept = (): KeptGraphClients => new KeptGraphClients(() => now);
  const ask = (clients: KeptGraphClients, key: string, credential = 'one'): BudgetedClient =>
    clients.of(key, credential, clientOn) as BudgetedClient;

  it('keep one client of an app for as long as it is asked for', () => {
    const clients = kept();
    const first = ask(clients, 'a');
    for (let days = 0; days < 3; days += 1) {
      now += DAY - 1;
      ask(clients, `another ${days}`);
      expect(ask(clients, 'a')).toBe(first);
    }
    expect(ask(clients, 'b').budgets).not.toBe(first.budgets);
  });

  it('have the client of a new credential share the budgets of the former, which work may go on with', () => {
    const clients = kept();
    const former = ask(clients, 'a');
    const next = ask(clients, 'a', 'two');
    expect(next).not.toBe(former);
    expect(next.budgets).toBe(former.budgets);
  });

  it('have the next client share the budgets of one that was forgotten and is still worked with', () => {
    const clients = kept();
    const forgotten = ask(clients, 'a');
    now += 2 * DAY;
    ask(clients, 'b');
    const next = ask(clients, 'a');
    expect(next).not.toBe(forgotten);
    expect(next.budgets).toBe(forgotten.budgets);
  });

  it('forget what nobody asks for and nobody works with', async () => {
    const clients = kept();
    const unused = new WeakRef(ask(clients, 'a'));
    const budgets = new WeakRef(ask(clients, 'a').budgets);
    now += 2 * DAY;
    ask(clients, 'b');
    await turn(); // what was just held through a weak reference lives until here
    collectGarbage();
    expect([unused.deref(), budgets.deref()]).toEqual([undefined, undefined]);
    expect(ask(clients, 'b')).toBeDefined(); // the keeper itself is still there
  });
});
