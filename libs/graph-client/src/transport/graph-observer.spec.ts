import { afterEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '../../testing/manual-clock.js';
import {
  type Script,
  type ScriptedServer,
  scriptedServer,
  sendGraphError,
  sendJson,
} from '../../testing/scripted-server.js';
import { failureOf } from '../../testing/test-client.js';
import { type GraphClient, createGraphClient } from '../graph-client.js';
import type { GraphLimits } from '../graph-limits.js';
import type { GraphAttempt, GraphAttemptEnd, GraphFault } from './graph-observer.js';

const POLICY = '/beta/deviceManagement/configurationPolicies/0c1b7d3e-7a3c-4a7c-9a55-1f1b6d1c0a77';
const ROUTE = '/beta/deviceManagement/configurationPolicies/{id}';

describe('a watched Graph client', () => {
  let server: ScriptedServer;
  let attempts: GraphAttempt[];
  let ends: GraphAttemptEnd[];
  let faults: GraphFault[];
  afterEach(() => server.close());

  async function watched(script: Script, limits: Partial<GraphLimits> = {}): Promise<GraphClient> {
    server = await scriptedServer(script);
    [attempts, ends, faults] = [[], [], []];
    return createGraphClient({
      graphOrigin: server.origin,
      tokens: { token: () => Promise.resolve('token') },
      limits,
      clock: new ManualClock(),
      random: () => 0,
      observer: {
        sending: (attempt) => {
          attempts.push(attempt);
          return (end) => ends.push(end);
        },
        fault: (fault) => faults.push(fault),
      },
    });
  }

  it('tells each attempt and its end, and why it is repeated', async () => {
    const client = await watched((_, response, index) =>
      index === 0
        ? sendGraphError(response, 429, 'TooManyRequests', 'slow down', { 'retry-after': '7' })
        : sendJson(response, {}, 200, { 'request-id': 'req-1' }),
    );
    await client.get(POLICY, { query: { $expand: 'settings' } });
    const attempt = { method: 'GET', route: ROUTE, requests: 1, waitedMs: 0 };
    expect(attempts).toEqual([
      { ...attempt, attempt: 1 },
      { ...attempt, attempt: 2 },
    ]);
    expect(ends).toEqual([
      { kind: 'answered', status: 429 },
      { kind: 'answered', status: 200, requestId: 'req-1' },
    ]);
    expect(faults).toEqual([{ code: 'graph.throttled', retryInMs: 7_000 }]);
  });

  it('tells the wait for the budget', async () => {
    const client = await watched((_, response) => sendJson(response, {}), { requestsPerWindow: 1, windowMs: 20_000 });
    await client.get(POLICY);
    await client.get(POLICY);
    expect(attempts.map(({ waitedMs }) => waitedMs)).toEqual([0, 20_000]);
  });

  it('tells the members of a batch that are asked again', async () => {
    const client = await watched((_, response, index) =>
      sendJson(response, {
        responses: [
          index === 0
            ? { id: '0', status: 429, headers: { 'Retry-After': '3' }, body: {} }
            : { id: '0', status: 200, body: { id: 'x' } },
          ...(index === 0 ? [{ id: '1', status: 200, body: { id: 'y' } }] : []),
        ],
      }),
    );
    await client.batch([
      { id: 'a', path: POLICY },
      { id: 'b', path: POLICY },
    ]);
    expect(attempts.map(({ method, route, requests }) => [method, route, requests])).toEqual([
      ['POST', '/beta/$batch', 2],
      ['POST', '/beta/$batch', 1],
    ]);
    expect(faults).toEqual([{ code: 'graph.throttled', retryInMs: 3_000 }]);
  });

  it('tells a call that was given up, and one whose caller gave up', async () => {
    const client = await watched((_, response) => response.destroy(), { maxAttempts: 1 });
    await failureOf(client.get(POLICY));
    expect(ends).toEqual([{ kind: 'failed' }]);
    expect(faults).toEqual([{ code: 'graph.unavailable' }]);
    await server.close();

    const stop = new AbortController();
    const silent = await watched(() => stop.abort());
    await expect(silent.get(POLICY, { signal: stop.signal })).rejects.toThrow();
    expect(ends).toEqual([{ kind: 'aborted' }]);
  });
});
