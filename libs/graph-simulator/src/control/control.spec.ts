import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { RunningSimulator } from '../../testing/running-simulator.js';
import { DEMO_CONTOSO } from '../demo/demo-credentials.js';
import { createGraphSimulator } from '../graph-simulator.js';
import { PortUnavailable } from '../http/http-listener.js';
import type { GraphBody } from '../store/graph-body.js';

const POLICIES = '/beta/deviceManagement/configurationPolicies';
const TENANT = `/tenants/${DEMO_CONTOSO.entraTenantId}`;

function policy(id: string, name: string, settings = 1): string {
  const instance = {
    '@odata.type': '#microsoft.graph.deviceManagementConfigurationChoiceSettingInstance',
    settingDefinitionId: 'x',
  };
  return JSON.stringify({
    '@odata.type': '#microsoft.graph.deviceManagementConfigurationPolicy',
    id,
    name,
    settings: Array.from({ length: settings }, (_, index) => ({ id: String(index), settingInstance: instance })),
  });
}

describe('control API', () => {
  let simulator: RunningSimulator;
  let token: string;
  let dir: string;

  beforeEach(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'simulator-'));
    simulator = await RunningSimulator.start();
    token = await simulator.token();
  });
  afterEach(async () => {
    await simulator.close();
    await rm(dir, { recursive: true });
  });

  const put = (file: string, text: string) => writeFile(path.join(dir, file), text);
  const audits = () => simulator.all('/beta/deviceManagement/auditEvents', token);

  it('makes the policies those of a folder: ids kept, missing ones deleted, changed ones updated, all audited', async () => {
    await put('a.json', policy('id-a', 'A'));
    await put('b.json', policy('id-b', 'B'));
    await put('broken.json', '{');
    const before = await simulator.control('GET', TENANT);
    const count = Object.values(before.json.objects as Record<string, number>).reduce((sum, number) => sum + number, 0);
    const first = await simulator.control('PUT', `${TENANT}/content`, { dir });
    expect(first.json).toMatchObject({
      added: 2,
      updated: 0,
      unchanged: 0,
      deleted: count,
      unreadable: [{ file: 'broken.json' }],
    });
    expect((await simulator.all(POLICIES, token)).map((item) => item.id)).toEqual(['id-a', 'id-b']);

    await put('a.json', policy('id-a', 'A', 2));
    await rm(path.join(dir, 'b.json'));
    await put('c.json', policy('id-c', 'C'));
    const second = await simulator.control('PUT', `${TENANT}/content`, { dir, actor: 'ada.admin@contoso.example' });
    expect(second.json).toMatchObject({ added: 1, updated: 1, deleted: 1, unchanged: 0 });
    const items = await simulator.all(POLICIES, token);
    expect(items.map((item) => [item.id, item.settingCount])).toEqual([
      ['id-a', 2],
      ['id-c', 1],
    ]);
    const third = await simulator.control('PUT', `${TENANT}/content`, { dir });
    expect(third.json).toMatchObject({ added: 0, updated: 0, deleted: 0, unchanged: 2 });
    const events = (await audits()).slice(count + 2);
    expect(events.map((event) => event.activityOperationType)).toEqual(['Delete', 'Patch', 'Create']);
    expect(events[1]).toMatchObject({
      actor: { userPrincipalName: 'ada.admin@contoso.example' },
      resources: [{ resourceId: 'id-a' }],
    });
  });

  it('leaves the tenant as it is when the folder cannot be read', async () => {
    const before = await simulator.all(POLICIES, token);
    const answer = await simulator.control('PUT', `${TENANT}/content`, { dir: path.join(dir, 'missing') });
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({
      error: { code: 'control.dir_unreadable', message: expect.stringMatching(/cannot be read: it does not exist\.$/) },
    });
    expect((await simulator.control('PUT', `${TENANT}/content`, {})).status).toBe(400);
    expect(await simulator.all(POLICIES, token)).toEqual(before);
  });

  it('changes, adds and deletes one object by an admin', async () => {
    const [first] = await simulator.all(POLICIES, token);
    const id = first?.id ?? '';
    const patched = await simulator.control('PATCH', `${TENANT}/objects/${id}`, {
      description: 'by hand',
      actor: 'eve@contoso.example',
    });
    expect(patched.status).toBe(200);
    const { json } = await simulator.graph(`${POLICIES}/${id}`, token);
    expect(json.description).toBe('by hand');
    expect(json.lastModifiedDateTime).not.toBe(first?.lastModifiedDateTime);
    expect(json).not.toHaveProperty('actor');

    const added = await simulator.control(
      'POST',
      `${TENANT}/objects`,
      JSON.parse(policy('new-one', 'New')) as GraphBody,
    );
    expect(added.status).toBe(201);
    expect(
      (await simulator.control('POST', `${TENANT}/objects`, JSON.parse(policy('NEW-one', 'New')) as GraphBody)).json,
    ).toMatchObject({ error: { code: 'control.id_taken' } });
    expect((await simulator.control('DELETE', `${TENANT}/objects/new-one?actor=eve@contoso.example`)).status).toBe(204);
    expect((await simulator.graph(`${POLICIES}/new-one`, token)).status).toBe(404);
    expect(
      (await audits()).map((event) => [event.activityOperationType, (event.actor as GraphBody).userPrincipalName]),
    ).toEqual([
      ['Patch', 'eve@contoso.example'],
      ['Create', 'ada.admin@contoso.example'],
      ['Delete', 'eve@contoso.example'],
    ]);
    const recent = encodeURIComponent(
      "componentName eq 'DeviceConfiguration' and activityDateTime gt 2020-01-01T00:00:00Z",
    );
    expect(await simulator.all(`/v1.0/deviceManagement/auditEvents?$filter=${recent}`, token)).toHaveLength(3);
  });

  it.each([
    ['PATCH', `${TENANT}/objects/none`, {}, 404, 'control.unknown_object'],
    ['DELETE', `${TENANT}/objects/none`, undefined, 404, 'control.unknown_object'],
    ['POST', `${TENANT}/objects`, { name: 'what am I' }, 400, 'control.unknown_type'],
    ['PUT', '/tenants/none/content', { dir: '.' }, 404, 'control.unknown_tenant'],
    ['GET', '/nothing', undefined, 404, 'control.unknown_call'],
    ['PUT', '/faults', 'text', 400, 'control.invalid_body'],
  ])('%s %s is refused', async (method, url, body, status, code) => {
    const answer = await simulator.control(method, url, body);
    expect(answer.status).toBe(status);
    expect(answer.json).toMatchObject({ error: { code, message: expect.stringMatching(/\.$/) } });
  });

  it('refuses a body above 5 MB, one that is no JSON, and a foreign host', async () => {
    expect(
      (await simulator.control('PUT', '/faults', { rules: [], filler: 'x'.repeat(5 * 1024 * 1024) })).json,
    ).toMatchObject({ error: { code: 'control.body_too_large' } });
    const broken = await fetch(`${simulator.controlOrigin}/faults`, {
      method: 'PUT',
      body: '{',
      headers: { 'content-type': 'application/json' },
    });
    expect(await broken.json()).toMatchObject({ error: { code: 'control.invalid_json' } });
    const plain = await fetch(`${simulator.controlOrigin}${TENANT}/objects`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'text/plain' },
    });
    expect(plain.status).toBe(415);
    const rebound = await new Promise((resolve, reject) => {
      request(`${simulator.controlOrigin}/tenants`, { headers: { host: 'evil.example' } }, (response) =>
        resolve(response.statusCode),
      )
        .on('error', reject)
        .end();
    });
    expect(rebound).toBe(403);
  });

  it('lists tenants without their secrets', async () => {
    const { json, text } = await simulator.control('GET', '/tenants');
    expect((json.items as { name: string }[]).map((tenant) => tenant.name)).toEqual(['Contoso', 'Fabrikam']);
    expect(text).not.toContain(DEMO_CONTOSO.clientSecret);
  });

  it('says in a sentence that a port is taken, and leaves nothing open', async () => {
    const port = Number(new URL(simulator.controlOrigin).port);
    const second = createGraphSimulator({ port: 0, controlPort: port });
    await expect(second.start()).rejects.toThrow(PortUnavailable);
    await expect(second.start()).rejects.toThrow(
      `Port ${port} on 127.0.0.1 is taken by another program; choose another one.`,
    );
  });
});
