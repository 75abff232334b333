import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunningSimulator } from '../../testing/running-simulator.js';
import { DEMO_CONTOSO } from '../demo/demo-credentials.js';
import { demoTenants } from '../demo/demo-tenants.js';
import type { GraphBody } from '../store/graph-body.js';
import type { SeedTenant } from '../store/seed-tenant.js';

const POLICIES = '/beta/deviceManagement/configurationPolicies';
const NO_RIGHTS = { entraTenantId: DEMO_CONTOSO.entraTenantId, clientId: 'no-rights', clientSecret: 'a' };
const GROUPS_ONLY = { entraTenantId: DEMO_CONTOSO.entraTenantId, clientId: 'groups-only', clientSecret: 'b' };

describe('Graph reads', () => {
  let simulator: RunningSimulator;
  let token: string;
  let contoso: SeedTenant;

  beforeAll(async () => {
    const [first, ...others] = demoTenants() as [SeedTenant, ...SeedTenant[]];
    contoso = {
      ...first,
      apps: [...first.apps, { ...NO_RIGHTS, permissions: [] }, { ...GROUPS_ONLY, permissions: ['Group.Read.All'] }],
    };
    simulator = await RunningSimulator.start({ tenants: [contoso, ...others] });
    token = await simulator.token();
  });
  afterAll(() => simulator.close());

  const named = (name: string) =>
    contoso.objects.find((object) => object.body.name === name || object.body.displayName === name)
      ?.body as GraphBody & { id: string };

  it('lists settings catalog policies 25 at a time, without settings, and the link is encoded twice', async () => {
    const { json } = await simulator.graph(POLICIES, token);
    const page = json.value as GraphBody[];
    expect(page).toHaveLength(25);
    expect(json['@odata.count']).toBe(25);
    expect(json['@odata.nextLink']).toMatch(/\$skiptoken=%255Bcosmosdb%255D%255B%257B%2522compositeToken/);
    expect(json['@odata.nextLink']).toContain(simulator.graphOrigin);
    expect(
      page.every((policy) => !('settings' in policy) && !('assignments' in policy) && !('@odata.type' in policy)),
    ).toBe(true);
    const all = await simulator.all(POLICIES, token);
    expect(all).toHaveLength(contoso.objects.filter((object) => object.collection === 'configurationPolicies').length);
    expect(new Set(all.map((policy) => policy.id)).size).toBe(all.length);
  });

  it('refuses a link that was decoded and built again', async () => {
    const { json } = await simulator.graph(POLICIES, token);
    const mangled = decodeURIComponent(String(json['@odata.nextLink']));
    const answer = await simulator.graph(mangled, token);
    expect(answer.status).toBe(400);
  });

  it('gives settings in pages of 25, and more where $top asks', async () => {
    const path = `${POLICIES}/${named('CON - Win - Edge - Security baseline').id}/settings`;
    const first = await simulator.graph(path, token);
    expect(first.json.value).toHaveLength(25);
    expect(first.json['@odata.count']).toBe(25);
    const all = await simulator.all(path, token);
    expect(all.length).toBeGreaterThan(25);
    expect((await simulator.graph(`${path}?$top=1000`, token)).json.value).toEqual(all);
  });

  it('answers empty assignments to $expand on a settings catalog policy, and the real ones on their own path', async () => {
    const { id } = named('CON - Win - AV - Baseline');
    const expanded = await simulator.graph(`${POLICIES}/${id}?$expand=assignments,settings`, token);
    expect(expanded.json.assignments).toEqual([]);
    expect(expanded.json.settings).toHaveLength(13);
    expect((await simulator.graph(`${POLICIES}/${id}/assignments`, token)).json.value).toHaveLength(2);
  });

  it('expands assignments and nested scheduled actions on lists where Graph does', async () => {
    const bare = await simulator.all('/beta/deviceManagement/deviceCompliancePolicies', token);
    expect(bare.every((policy) => '@odata.type' in policy && !('scheduledActionsForRule' in policy))).toBe(true);
    const path =
      '/beta/deviceManagement/deviceCompliancePolicies?$expand=assignments,scheduledActionsForRule($expand=scheduledActionConfigurations)';
    const [policy] = await simulator.all(path, token);
    expect(policy?.['assignments@odata.context']).toMatch(
      /^https:\/\/graph\.microsoft\.com\/beta\/\$metadata#deviceManagement/,
    );
    expect(policy?.assignments).toHaveLength(1);
    expect(policy?.scheduledActionsForRule).toMatchObject([
      { scheduledActionConfigurations: [{ actionType: 'block' }] },
    ]);
    const [shallow] = await simulator.all(
      '/beta/deviceManagement/deviceCompliancePolicies?$expand=scheduledActionsForRule',
      token,
    );
    expect((shallow?.scheduledActionsForRule as GraphBody[])[0]).not.toHaveProperty('scheduledActionConfigurations');
  });

  it('lists app protection without type and apps; the item has apps', async () => {
    const path = '/v1.0/deviceAppManagement/iosManagedAppProtections';
    const list = await simulator.all(`${path}?$expand=assignments,apps`, token);
    expect(list[0]).not.toHaveProperty('@odata.type');
    expect(list[0]).not.toHaveProperty('apps');
    expect(list[0]).toMatchObject({ isAssigned: true, assignments: [{ source: 'direct' }] });
    const { json } = await simulator.graph(`${path}/${list[0]?.id}?$expand=apps`, token);
    expect(json.apps).toHaveLength(5);
    expect((await simulator.graph(`${path}/${list[0]?.id}/apps`, token)).json.value).toHaveLength(5);
  });

  it('reads $top, $select and $filter, with or without the dollar sign on beta', async () => {
    const top = await simulator.graph(`${POLICIES}?top=3&select=id,name`, token);
    expect(top.json).not.toHaveProperty(['@microsoft.graph.tips']);
    expect((await simulator.graph(POLICIES, token)).json).toHaveProperty(['@microsoft.graph.tips']);
    expect((await simulator.graph(`${POLICIES}?$top=0`, token)).json.value).toEqual([]);
    const filtered = await simulator.graph(
      '/beta/deviceManagement/deviceHealthScripts?$filter=runAs32Bit eq true',
      token,
    );
    expect(filtered.text).toContain("The property 'runAs32Bit' cannot be used in the $filter query option.");
    expect(top.json.value).toHaveLength(3);
    expect(Object.keys((top.json.value as GraphBody[])[0] ?? {})).toEqual(['name', 'id']);
    expect(await simulator.all(`${POLICIES}?$top=10`, token)).toHaveLength(
      await simulator.all(POLICIES, token).then((all) => all.length),
    );
    const quoted = encodeURIComponent("name eq 'CON - Win - User rights (don''t change without CAB)'");
    expect(await simulator.all(`${POLICIES}?$filter=${quoted}`, token)).toHaveLength(1);
    expect(
      await simulator.all(`${POLICIES}?$filter=${encodeURIComponent("startswith(name,'con - win - asr')")}`, token),
    ).toHaveLength(2);
    const rings = "isof('microsoft.graph.windowsUpdateForBusinessConfiguration')";
    expect(
      await simulator.all(`/beta/deviceManagement/deviceConfigurations?$filter=${encodeURIComponent(rings)}`, token),
    ).toHaveLength(3);
    expect(
      await simulator.all(
        `/beta/deviceManagement/deviceConfigurations?$filter=${encodeURIComponent(`not ${rings}`)}`,
        token,
      ),
    ).toHaveLength(4);
  });

  it.each([
    ["$filter=endswith(name,'x')"],
    ["$filter=displayName eq 'x'"],
    ['$expand=nothing'],
    ['$top=none'],
    ['$orderby=name'],
    ['$unknown=1'],
  ])('refuses %s with 400', async (query) => {
    const { status, json } = await simulator.graph(`${POLICIES}?${query}`, token);
    expect(status).toBe(400);
    expect(json).toMatchObject({ error: { code: 'BadRequest', innerError: { 'request-id': expect.any(String) } } });
  });

  it('lists groups and finds one by name and id', async () => {
    const name = encodeURIComponent("displayName eq 'Intune - Branches - d''Azur, Łódź & Co'");
    const [group] = await simulator.all(`/v1.0/groups?$filter=${name}`, token);
    expect(group).toMatchObject({ securityEnabled: true });
    const { json } = await simulator.graph(`/v1.0/groups/${group?.id}`, token);
    expect(json.displayName).toBe("Intune - Branches - d'Azur, Łódź & Co");
    const missing = await simulator.graph('/v1.0/groups/00000000-0000-4000-8000-000000000001', token);
    expect(missing.status).toBe(404);
    expect(missing.json).toMatchObject({ error: { code: 'Request_ResourceNotFound' } });
  });

  it.each([
    ['/deviceManagement/configurationPolicies', 404, 'ResourceNotFound', 'Invalid version: deviceManagement'],
    ['/beta/deviceManagement/nothing', 400, 'BadRequest', "Resource not found for the segment 'nothing'."],
    [
      '/v1.0/deviceManagement/configurationPolicies',
      400,
      'BadRequest',
      "Resource not found for the segment 'configurationPolicies'.",
    ],
  ])('refuses %s', async (path, status, code, message) => {
    const answer = await simulator.graph(path, token);
    expect(answer.status).toBe(status);
    expect(answer.json).toMatchObject({ error: { code, message } });
  });

  it('has no path for scheduled actions, no PUT on them, and a nested message for a missing policy', async () => {
    const { id } = named('CON - iOS - Compliance');
    const path = '/beta/deviceManagement/deviceCompliancePolicies';
    expect((await simulator.graph(`${path}/${id}/scheduledActionsForRule`, token)).json).toMatchObject({
      error: { code: 'No method match route template' },
    });
    expect((await simulator.graph(`${path}/${id}`, token, { method: 'PUT', body: {} })).status).toBe(405);
    const missing = await simulator.graph(`${path}/00000000-0000-4000-8000-000000000001`, token);
    expect(missing.status).toBe(404);
    const { error } = missing.json as { error: { code: string; message: string } };
    expect(error.code).toBe('ResourceNotFound');
    expect((JSON.parse(error.message) as { Message: string }).Message).toMatch(/^An error has occurred - Operation ID/);
  });

  it('forbids what the app has no permission for, in the shape of the service behind', async () => {
    const narrow = await simulator.token(GROUPS_ONLY);
    const intune = await simulator.graph(POLICIES, narrow);
    expect(intune.status).toBe(403);
    const { error } = intune.json as { error: { code: string; message: string } };
    expect(error.code).toBe('Forbidden');
    expect((JSON.parse(error.message) as { Message: string }).Message).toContain(
      'Application must have one of the following scopes: DeviceManagementConfiguration.Read.All',
    );
    expect((await simulator.graph('/v1.0/groups', narrow)).status).toBe(200);
    const none = await simulator.token(NO_RIGHTS);
    expect((await simulator.graph('/v1.0/groups', none)).json).toMatchObject({
      error: { code: 'Authorization_RequestDenied' },
    });
    expect((await simulator.graph(POLICIES, none)).text).toContain('does not have application permissions configured');
  });

  it('sends the headers of Graph and echoes the client request id', async () => {
    const { headers } = await simulator.graph(POLICIES, token, { headers: { 'client-request-id': 'abc' } });
    expect(headers.get('client-request-id')).toBe('abc');
    expect(headers.get('request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get('x-ms-ags-diagnostic')).toContain('ServerInfo');
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
    expect(headers.get('content-encoding')).toBe('gzip');
  });
});
