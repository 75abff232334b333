import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SAMPLE_READER, sampleId, SampleSession, sentenceOf } from '../../testing/sample-session.js';
import { SAMPLE_GROUPS } from '../../testing/samples/samples.js';
import { DEMO_CONTOSO } from '../demo/demo-credentials.js';
import { textOf, type GraphBody } from '../store/graph-body.js';

const MANAGEMENT = '/beta/deviceManagement';
const GROUP = SAMPLE_GROUPS[0]?.id ?? '';

const toGroup = (groupId: string) => ({ '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId });

describe('writes over Graph', () => {
  let session: SampleSession;

  beforeEach(async () => {
    session = await SampleSession.start();
  });
  afterEach(() => session.simulator.close());

  const PROFILE = {
    '@odata.type': '#microsoft.graph.windows10CustomConfiguration',
    displayName: 'Written',
    omaSettings: [
      {
        '@odata.type': '#microsoft.graph.omaSettingString',
        displayName: 'Key',
        omaUri: './Vendor/MSFT/Key',
        value: 'secret',
        isEncrypted: false,
        secretReferenceValueId: null,
      },
    ],
  };

  it('creates, changes, assigns and deletes a profile; the service sets id, dates and version', async () => {
    const created = await session.send('POST', `${MANAGEMENT}/deviceConfigurations`, {
      ...PROFILE,
      id: 'x',
      version: 9,
    });
    expect(created.status).toBe(201);
    expect(created.json).toMatchObject({
      displayName: 'Written',
      version: 1,
      createdDateTime: '2026-11-21T12:00:02.0000000Z',
      omaSettings: [{ isEncrypted: true, value: '****', secretReferenceValueId: expect.any(String) }],
    });
    const path = `${MANAGEMENT}/deviceConfigurations/${String(created.json.id)}`;
    const [oma] = created.json.omaSettings as GraphBody[];
    const patch = {
      '@odata.type': PROFILE['@odata.type'],
      description: 'x',
      omaSettings: [oma],
      createdDateTime: '2020-01-01T00:00:00Z',
    };
    expect(await session.send('PATCH', path, patch)).toMatchObject({ status: 204, text: '' });
    const secret = `${path}/getOmaSettingPlainTextValue(secretReferenceValueId='${textOf(oma ?? {}, 'secretReferenceValueId')}')`;
    expect(await session.read(secret)).toMatchObject({ value: 'secret' });
    const assigned = await session.send('POST', `${path}/assign`, { assignments: [{ target: toGroup(GROUP) }] });
    expect(assigned).toMatchObject({
      status: 200,
      json: { value: [{ source: 'direct', target: { groupId: GROUP } }] },
    });
    expect(await session.read(path)).toMatchObject({
      description: 'x',
      version: 2,
      createdDateTime: '2026-11-21T12:00:02.0000000Z',
      lastModifiedDateTime: '2026-11-21T12:00:08.0000000Z',
    });
    expect(await session.list(`${path}/assignments`)).toMatchObject([{ id: `${String(created.json.id)}_${GROUP}` }]);
    expect((await session.send('DELETE', path)).status).toBe(200);
    expect((await session.send('GET', path)).status).toBe(404);
    const events = await session.list(`${MANAGEMENT}/auditEvents`);
    expect(events.map((event) => event.activityOperationType)).toEqual(['Create', 'Patch', 'Action', 'Delete']);
    expect(events[0]).toMatchObject({
      actor: { auditActorType: 'Application', applicationId: DEMO_CONTOSO.clientId, userPrincipalName: null },
      resources: [{ resourceId: created.json.id }],
    });
  });

  it('replaces a settings catalog policy with PUT and keeps its assignments', async () => {
    const path = `${MANAGEMENT}/configurationPolicies/${sampleId('configurationPolicies')}`;
    const before = await session.read(`${path}?$expand=settings`);
    const settings = (before.settings as GraphBody[]).slice(0, 1);
    const body = { ...before, name: 'Renamed', settings, '@odata.context': 'x' };
    expect((await session.send('PUT', path, body)).status).toBe(204);
    expect(await session.read(path)).toMatchObject({
      name: 'Renamed',
      settingCount: 1,
      createdDateTime: before.createdDateTime,
    });
    expect(await session.list(`${path}/assignments`)).toHaveLength(2);
    const other = await session.send('PUT', path, { ...body, platforms: 'macOS' });
    expect([other.status, sentenceOf(other)]).toEqual([
      400,
      'Platform, PolicyType, and CreationSource cannot be changed once created.',
    ]);
    expect((await session.send('PATCH', path, { settings: [] })).status).toBe(400);
    expect((await session.send('PATCH', path, { description: 'only this' })).status).toBe(204);
  });

  it.each([
    [
      'deviceCompliancePolicies',
      { '@odata.type': '#microsoft.graph.windows10CompliancePolicy', displayName: 'x' },
      'Compliance policy must have one and only one block scheduled action',
    ],
    [
      'deviceConfigurations',
      { ...PROFILE, omaSettings: [{ ...PROFILE.omaSettings[0], secretReferenceValueId: 'a' }] },
      'SecretReferenceValueId invalid for create.',
    ],
    ['deviceConfigurations', { displayName: 'x' }, 'Cannot create an abstract class.'],
    [
      'deviceConfigurations',
      { '@odata.type': '#microsoft.graph.nonsense', displayName: 'x' },
      "A type named 'microsoft.graph.nonsense' could not be resolved by the model. When a model is available, each type name must resolve to a valid type.",
    ],
    ['assignmentFilters', { displayName: 'x', platform: 'windows10AndLater' }, "The property 'rule' is required."],
  ])('refuses a new object of %s that Graph refuses', async (key, body, message) => {
    const answer = await session.send('POST', `${MANAGEMENT}/${key}`, body);
    expect(answer.status).toBe(400);
    expect(sentenceOf(answer)).toBe(message);
  });

  it('keeps what is the service’s own or in use', async () => {
    expect((await session.send('DELETE', `${MANAGEMENT}/roleScopeTags/0`)).status).toBe(400);
    expect((await session.send('PATCH', `${MANAGEMENT}/roleScopeTags/0`, { displayName: 'x' })).status).toBe(400);
    const filter = await session.send('DELETE', `${MANAGEMENT}/assignmentFilters/${sampleId('assignmentFilters')}`);
    expect(sentenceOf(filter)).toBe('An assignment filter is associated with existing assignments');
    const profile = `${MANAGEMENT}/windowsAutopilotDeploymentProfiles/${sampleId('windowsAutopilotDeploymentProfiles')}`;
    expect((await session.send('DELETE', profile)).status).toBe(400);
    for (const { id } of await session.list(`${profile}/assignments`))
      expect((await session.send('DELETE', `${profile}/assignments/${id}`)).status).toBe(204);
    expect((await session.send('POST', `${profile}/assignments`, { target: toGroup(GROUP) })).status).toBe(201);
  });

  it('answers the statuses and the refusals of the service that stands behind', async () => {
    const reader = await session.simulator.token(SAMPLE_READER);
    const body = { method: 'PATCH', body: { name: 'x' } };
    const path = `${MANAGEMENT}/configurationPolicies/${sampleId('configurationPolicies')}`;
    expect((await session.simulator.graph(path, reader, body)).status).toBe(403);
    expect(await session.send('POST', `${MANAGEMENT}/roleScopeTags`, { displayName: 'Third' })).toMatchObject({
      status: 200,
      json: { id: '2', isBuiltIn: false },
    });
    const access = '/beta/identity/conditionalAccess/policies';
    expect(
      (await session.send('PATCH', `${access}/${sampleId('conditionalAccessPolicies')}`, { state: 'disabled' })).status,
    ).toBe(204);
    const missing = await session.send('PATCH', `${access}/00000000-0000-4000-8000-000000000001`, {
      state: 'disabled',
    });
    expect(missing.json).toMatchObject({ error: { code: 'Request_ResourceNotFound' } });
    expect(
      (await session.send('PATCH', '/beta/deviceManagement', { settings: { enhancedJailBreak: true } })).status,
    ).toBe(204);
    expect(await session.read(`${MANAGEMENT}/settings`)).toMatchObject({
      enhancedJailBreak: true,
      secureByDefault: true,
    });
    expect((await session.send('POST', path)).status).toBe(405);
    expect((await session.send('POST', `${MANAGEMENT}/deviceConfigurations`)).status).toBe(400);
    const invalid = await session.send('POST', `${MANAGEMENT}/deviceConfigurations`, [1]);
    expect(invalid.json).toMatchObject({ error: { code: 'BadRequest' } });
  });

  it('takes writes inside a batch', async () => {
    const path = `/deviceManagement/deviceCategories/${sampleId('deviceCategories')}`;
    const headers = { 'Content-Type': 'application/json' };
    const requests = [
      { id: '1', method: 'PATCH', url: path, headers, body: { description: 'from a batch' } },
      { id: '2', method: 'POST', url: '/deviceManagement/deviceCategories', headers, body: { description: 'unnamed' } },
      { id: '3', method: 'DELETE', url: path, dependsOn: ['1'] },
    ];
    const { json } = await session.send('POST', '/beta/$batch', { requests });
    const statuses = (json.responses as { id: string; status: number }[]).map(({ id, status }) => [id, status]);
    expect(new Map(statuses as [string, number][])).toEqual(
      new Map([
        ['1', 200],
        ['2', 400],
        ['3', 200],
      ]),
    );
    expect((await session.send('GET', `/beta${path}`)).status).toBe(404);
  });
});
