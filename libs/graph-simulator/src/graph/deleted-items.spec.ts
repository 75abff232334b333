import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { RunningSimulator, type Answer } from '../../testing/running-simulator.js';
import { sampleTenant } from '../../testing/samples/sample-tenant.js';
import { sampleId } from '../../testing/sample-session.js';

const ACCESS = '/beta/identity/conditionalAccess';
const BIN = `${ACCESS}/deletedItems/policies`;
const DAY = 24 * 3600 * 1000;

describe('conditional access', () => {
  let now: number;
  let simulator: RunningSimulator;

  beforeEach(async () => {
    now = Date.parse('2026-11-21T12:00:00Z');
    simulator = await RunningSimulator.start({ now: () => now, tenants: [sampleTenant()] });
  });
  afterEach(() => simulator.close());

  const send = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    now += 2000;
    return simulator.graph(path, await simulator.token(), { method, body });
  };
  const id = sampleId('conditionalAccessPolicies');
  const policy = `${ACCESS}/policies/${id}`;

  it('deletes into a bin, and brings back from there, by either path', async () => {
    const before = (await send('GET', policy)).json;
    for (const restore of [`${BIN}/${id}/restore`, `${policy}/restore`]) {
      expect((await send('DELETE', policy)).status).toBe(204);
      expect((await send('GET', policy)).status).toBe(404);
      expect((await send('GET', BIN)).json.value).toMatchObject([
        { id, displayName: before.displayName, deletedDateTime: expect.stringMatching(/^2026-11-21T12:/) },
      ]);
      expect((await send('GET', `${BIN}/${id}?$select=displayName`)).json).not.toHaveProperty('state');
      const restored = await send('POST', restore);
      expect([restored.status, restored.json.id]).toEqual([200, id]);
      expect((await send('GET', BIN)).json.value).toEqual([]);
      expect((await send('POST', restore)).status).toBe(404);
    }
    expect((await send('GET', policy)).json).toEqual(before);
  });

  it('forgets what was deleted from the bin, or lay there for 30 days', async () => {
    await send('DELETE', policy);
    const other = sampleId('namedLocations');
    expect((await send('PATCH', `${ACCESS}/namedLocations/${other}`, { isTrusted: false })).status).toBe(400);
    expect((await send('DELETE', `${BIN}/${id}`)).status).toBe(204);
    expect((await send('DELETE', `${BIN}/${id}`)).status).toBe(404);
    const made = { displayName: 'Short', state: 'disabled', conditions: { users: {}, applications: {} } };
    const { json } = await send('POST', `${ACCESS}/policies`, made);
    expect(json).toMatchObject({ createdDateTime: expect.any(String), modifiedDateTime: null });
    await send('DELETE', `${ACCESS}/policies/${String(json.id)}`);
    now += 30 * DAY - 60_000;
    expect((await send('GET', BIN)).json.value).toHaveLength(1);
    now += 60_000;
    expect((await send('GET', BIN)).json.value).toEqual([]);
  });

  it('asks for permission to write where it brings back', async () => {
    await send('DELETE', policy);
    now += 2000;
    expect((await simulator.graph(`${BIN}/${id}/restore`, 'x.y.z', { method: 'POST' })).status).toBe(401);
    expect((await send('PUT', `${BIN}/${id}`, {})).status).toBe(405);
  });

  it('takes named locations that are there and have been replicated, and no false resilience', async () => {
    const conditions = (location: string) => ({
      conditions: { locations: { includeLocations: [location], excludeLocations: [] } },
    });
    const refusal = async (body: object, version = '/beta') => {
      const answer = await send('PATCH', policy.replace('/beta', version), body);
      return [answer.status, (answer.json.error as { message?: string } | undefined)?.message];
    };
    const nowhere = '00000000-0000-4000-8000-00000000dead';
    const missing = [400, `NamedLocation with id ${nowhere} does not exist in the directory.`];
    expect(await refusal(conditions(nowhere))).toEqual(missing);
    expect(await refusal(conditions('AllTrusted'))).toEqual([204, undefined]);
    await simulator.control('PUT', '/knobs', { replicationLag: { conditionalAccessMs: 60_000 } });
    const location = { '@odata.type': '#microsoft.graph.ipNamedLocation', displayName: 'New', ipRanges: [] };
    const created = (await send('POST', `${ACCESS}/namedLocations`, location)).json;
    expect((await refusal(conditions(String(created.id))))[0]).toBe(400);
    now += 60_000;
    expect((await refusal(conditions(String(created.id))))[0]).toBe(204);
    const malformed = [400, 'The server could not process the request because it is malformed or incorrect.'];
    expect(await refusal({ sessionControls: { disableResilienceDefaults: false } })).toEqual(malformed);
    const always = { sessionControls: { signInFrequency: { frequencyInterval: 'everyTime', isEnabled: true } } };
    expect(await refusal(always, '/v1.0')).toEqual(malformed);
    expect((await refusal(always))[0]).toBe(204);
  });
});
