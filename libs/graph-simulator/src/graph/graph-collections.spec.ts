import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunningSimulator } from '../../testing/running-simulator.js';
import { sampleTenant } from '../../testing/samples/sample-tenant.js';
import { DEMO_CONTOSO } from '../demo/demo-credentials.js';
import { textOf, type GraphBody } from '../store/graph-body.js';
import { stableGuid } from '../store/stable-id.js';

const MANAGEMENT = '/beta/deviceManagement';
const APPS = '/beta/deviceAppManagement';
const READER = { entraTenantId: DEMO_CONTOSO.entraTenantId, clientId: 'reader', clientSecret: 'r' };

const idOf = (key: string) => stableGuid(`sample ${key}`);

describe('collections of every type', () => {
  let simulator: RunningSimulator;
  let token: string;

  beforeAll(async () => {
    const tenant = sampleTenant();
    const permissions = ['DeviceManagementConfiguration.Read.All'];
    simulator = await RunningSimulator.start({
      tenants: [{ ...tenant, apps: [...tenant.apps, { ...READER, permissions }] }],
    });
    token = await simulator.token();
  });
  afterAll(() => simulator.close());

  const read = async (path: string) => (await simulator.graph(path, token)).json as GraphBody;
  const list = (path: string) => simulator.all(path, token);
  const filtered = (path: string, filter: string) => list(`${path}?$filter=${encodeURIComponent(filter)}`);

  it.each([
    ['deviceManagementScripts', 'scriptContent'],
    ['deviceShellScripts', 'scriptContent'],
    ['deviceHealthScripts', 'remediationScriptContent'],
    ['deviceComplianceScripts', 'detectionScriptContent'],
  ])('tells the content of %s on the item only', async (key, content) => {
    const [listed] = await list(`${MANAGEMENT}/${key}`);
    expect(listed).toMatchObject({ id: idOf(key), [content]: null });
    const item = await read(`${MANAGEMENT}/${key}/${idOf(key)}`);
    expect(Buffer.from(textOf(item, content) ?? '', 'base64').toString()).not.toBe('');
  });

  it('leaves out what a list does not tell: scope tags and icon of apps, images, reusable instances', async () => {
    const [app] = await list(`${APPS}/mobileApps`);
    expect(app).toMatchObject({ roleScopeTagIds: [], largeIcon: null });
    expect(await read(`${APPS}/mobileApps/${app?.id}`)).toMatchObject({ roleScopeTagIds: ['0'] });
    const branding = `${MANAGEMENT}/intuneBrandingProfiles/${idOf('intuneBrandingProfiles')}`;
    expect(await read(branding)).toMatchObject({ themeColorLogo: null });
    expect(await read(`${branding}?$select=themeColorLogo`)).toMatchObject({ themeColorLogo: { type: 'image/png' } });
    expect(await read(`${branding}/themeColorLogo`)).toMatchObject({ type: 'image/png' });
    const reusable = `${MANAGEMENT}/reusablePolicySettings/${idOf('reusablePolicySettings')}`;
    expect(await read(reusable)).not.toHaveProperty('settingInstance');
    expect(await read(`${reusable}?$select=id,settingInstance`)).toHaveProperty('settingInstance');
    expect(await list(`${reusable}/referencingConfigurationPolicies`)).toHaveLength(1);
    expect(await list(`${MANAGEMENT}/groupPolicyUploadedDefinitionFiles`)).toMatchObject([{ content: null }]);
  });

  it('reads administrative templates level by level, with nested expansion', async () => {
    const base = `${MANAGEMENT}/groupPolicyConfigurations/${idOf('groupPolicyConfigurations')}/definitionValues`;
    const [bare] = await list(base);
    expect(bare).not.toHaveProperty('definition');
    const [value] = await list(`${base}?$expand=definition($select=id,displayName)`);
    expect(value?.definition).toEqual({ id: idOf('groupPolicyDefinitions'), displayName: 'Trusted Location #1' });
    const [shown] = await list(`${base}/${value?.id}/presentationValues?$expand=presentation`);
    expect(shown).toMatchObject({ presentation: { label: 'Path:' } });
    expect(await read(`${base}/${value?.id}/definition`)).toMatchObject({ classType: 'user' });
    const whole = await list(`${base}?$expand=definition,presentationValues($expand=presentation)`);
    expect(whole[0]).toMatchObject({ presentationValues: [{ presentation: { label: 'Path:' } }] });
  });

  it('gives definitions of settings, from the tenant or made of what a policy sets', async () => {
    const settings = `${MANAGEMENT}/configurationPolicies/${idOf('configurationPolicies')}/settings`;
    const all = await list(`${settings}?$expand=settingDefinitions`);
    expect(
      all.map((setting) => (setting.settingDefinitions as GraphBody[]).map(({ displayName }) => displayName)),
    ).toEqual([
      ['Enable Domain Network Firewall'],
      ['Saidletime'],
      ['{firewallrulename}', 'Name', 'Remoteaddressdynamickeywords'],
    ]);
    expect(all[0]).not.toHaveProperty('settingDefinitions@odata.context');
    const definition = await read(`${MANAGEMENT}/configurationSettings/linux_deviceencryption_required`);
    expect(definition).toMatchObject({ '@odata.type': expect.stringContaining('ChoiceSettingDefinition') });
    expect((await simulator.graph(`${MANAGEMENT}/configurationSettings/nothing`, token)).status).toBe(404);
  });

  it('masks encrypted OMA values and tells them by the function, to who may write', async () => {
    const path = `${MANAGEMENT}/deviceConfigurations/${idOf('deviceConfigurations')}`;
    const { omaSettings } = await read(path);
    const [secret] = omaSettings as GraphBody[];
    expect(secret).toMatchObject({ isEncrypted: true, value: '****' });
    const call = `${path}/getOmaSettingPlainTextValue(secretReferenceValueId='${textOf(secret ?? {}, 'secretReferenceValueId')}')`;
    expect(await read(call)).toMatchObject({ value: 'correct horse battery staple' });
    const reader = await simulator.token(READER);
    expect((await simulator.graph(path, reader)).status).toBe(200);
    expect((await simulator.graph(call, reader)).status).toBe(403);
  });

  it('relates roles, their assignments and scope tags', async () => {
    const role = `${MANAGEMENT}/roleDefinitions/${idOf('roleDefinitions')}`;
    const [assignment] = await list(`${role}/roleAssignments`);
    expect(assignment).toMatchObject({ id: idOf('roleAssignments') });
    expect(assignment).not.toHaveProperty('members');
    const cast = 'microsoft.graph.deviceAndAppManagementRoleAssignment/roleScopeTags';
    const whole = await read(`${MANAGEMENT}/roleAssignments/${assignment?.id}?$expand=${cast}`);
    expect(whole).toMatchObject({ members: [expect.any(String)], roleScopeTags: [{ id: '1', isBuiltIn: false }] });
    expect(await read(`${MANAGEMENT}/roleAssignments/${assignment?.id}/roleDefinition`)).toMatchObject({
      displayName: 'Sample - Field technician',
    });
    expect(await filtered(`${MANAGEMENT}/roleScopeTags`, 'isBuiltIn eq false')).toMatchObject([{ id: '1' }]);
  });

  it('serves conditional access, Windows 365, token profiles and the tenant settings on their own paths', async () => {
    expect(await list('/v1.0/identity/conditionalAccess/policies')).toHaveLength(1);
    expect(await list(`${MANAGEMENT}/virtualEndpoint/provisioningPolicies?$expand=assignments`)).toMatchObject([
      { assignments: [{ id: expect.any(String) }] },
    ]);
    const profiles = `${MANAGEMENT}/depOnboardingSettings/${idOf('depOnboardingSettings')}/enrollmentProfiles`;
    const [profile] = await list(profiles);
    expect(await read(`${profiles}/${profile?.id}`)).toMatchObject({ displayName: 'Sample - iPads' });
    expect(await read(`${MANAGEMENT}/settings`)).toMatchObject({ secureByDefault: true, enhancedJailBreak: false });
  });

  it('lists managed app policies of every type with their types, and takes no filter there', async () => {
    const all = await list(`${APPS}/managedAppPolicies`);
    expect(all).toHaveLength(6);
    expect(all.every((policy) => textOf(policy, '@odata.type')?.startsWith('#microsoft.graph.'))).toBe(true);
    const refused = await simulator.graph(`${APPS}/managedAppPolicies?$filter=isof('x')`, token);
    expect(refused.status).toBe(400);
  });

  it.each([
    ['deviceManagement/configurationPolicies', "templateReference/templateFamily eq 'endpointSecurityFirewall'", 1],
    ['deviceManagement/configurationPolicies', "technologies has 'microsoftSense'", 1],
    ['deviceManagement/configurationPolicies', "contains(name,'firewall') and not startswith(name,'Sample')", 0],
    [
      'deviceManagement/configurationPolicies',
      "name eq 'x' or (startswith(name,'sample - windows - f') and platforms ne 'linux')",
      1,
    ],
    ['deviceAppManagement/mobileApps', "isof('microsoft.graph.win32LobApp')", 1],
    ['deviceAppManagement/mobileApps', "isof('microsoft.graph.win32LobApp') eq false", 0],
    [
      'deviceAppManagement/mobileApps',
      "(microsoft.graph.managedApp/appAvailability eq null or microsoft.graph.managedApp/appAvailability eq 'lineOfBusiness' or isAssigned eq true)",
      1,
    ],
    [
      'deviceAppManagement/mobileAppConfigurations',
      'microsoft.graph.androidManagedStoreAppConfiguration/appSupportsOemConfig eq true',
      1,
    ],
  ])('filters %s by %s', async (path, filter, count) => {
    expect(await filtered(`/beta/${path}`, filter)).toHaveLength(count);
  });

  it.each([
    ['deviceHealthScripts?$filter=isGlobalScript eq false'],
    ["deviceEnrollmentConfigurations?$filter=endsWith(id,'Limit')"],
    ["configurationPolicies?$filter=name eq 'a' and"],
    ["configurationPolicies?$filter=(name eq 'a'"],
    ['termsAndConditions?$expand=assignments'],
    ['deviceConfigurations?$orderby=version'],
    ['deviceConfigurations?$search="x"'],
  ])('refuses %s', async (query) => {
    expect((await simulator.graph(`${MANAGEMENT}/${query}`, token)).status).toBe(400);
  });

  it('orders, pages in that order, counts', async () => {
    const ordered = `${MANAGEMENT}/roleScopeTags?$orderby=displayName desc&$top=1`;
    expect((await read(ordered)).value).toMatchObject([{ id: '1' }]);
    const named = await list(ordered);
    expect(named.map(({ id }) => id)).toEqual(['1', '0']);
    const counted = await read(`${MANAGEMENT}/roleScopeTags?$count=true&$top=1`);
    expect(counted['@odata.count']).toBe(2);
    expect((await simulator.graph(`${MANAGEMENT}/roleScopeTags/$count`, token)).text).toBe('2');
    expect(await list(`${MANAGEMENT}/roleScopeTags?$skip=1`)).toMatchObject([{ id: '1' }]);
  });
});
