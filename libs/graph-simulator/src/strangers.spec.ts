import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { CryptoProvider } from '@azure/msal-node';
import {
  BatchRequestContent,
  BatchResponseContent,
  GraphError,
  PageIterator,
  type PageCollection,
} from '@microsoft/microsoft-graph-client';
import { selfSigned } from '../testing/self-signed.js';
import { StrangerClients } from '../testing/stranger-clients.js';
import { DEMO_CONTOSO } from './demo/demo-credentials.js';
import { demoTenants } from './demo/demo-tenants.js';
import type { GraphBody } from './store/graph-body.js';
import type { SeedTenant } from './store/seed-tenant.js';

const REDIRECT = 'http://localhost:3000/auth/callback';
const POLICIES = '/deviceManagement/configurationPolicies';
const GROUPS = 150;

type Made = GraphBody & { id: string };

/** Clients that know nothing of the simulator, over https with a certificate of this test's own. */
describe('clients of strangers', () => {
  const app = selfSigned({ name: 'app' });
  let contoso: SeedTenant;
  let clients: StrangerClients;

  beforeAll(async () => {
    const [first, ...others] = demoTenants() as [SeedTenant, ...SeedTenant[]];
    const groups = Array.from({ length: GROUPS }, (_, index) => ({
      id: `g-${index}`,
      displayName: `A&B + C#${index}`,
    }));
    const apps = first.apps.map((each) => ({
      ...each,
      certificates: [app.cert],
      permissions: [...each.permissions, 'Group.ReadWrite.All'],
    }));
    contoso = { ...first, apps, groups };
    clients = await StrangerClients.start([contoso, ...others], DEMO_CONTOSO);
  });
  afterAll(() => clients.close());
  afterEach(() => clients.simulator.control('DELETE', '/faults'));

  it('page through policies 25 at a time, and through groups by delta', async () => {
    const client = clients.graph();
    const first = (await client.api(POLICIES).get()) as PageCollection;
    expect(first.value).toHaveLength(25);
    const names: string[] = [];
    await new PageIterator(client, first, (policy: { name: string }) => names.push(policy.name) > 0).iterate();
    const expected = contoso.objects.filter(({ collection }) => collection === 'configurationPolicies');
    expect(names).toEqual(expected.map(({ body }) => body.name));

    const groups = new Set<string>();
    const delta = (await client.api('/groups/delta').version('v1.0').select('id').get()) as PageCollection;
    const round = new PageIterator(client, delta, (group: { id: string }) => Boolean(groups.add(group.id)));
    await round.iterate();
    expect(groups.size).toBe(GROUPS);
    const later = (await client.api(round.getDeltaLink() ?? '').get()) as PageCollection;
    expect(later.value).toEqual([]);
  });

  it('query, with values that have to be encoded', async () => {
    const client = clients.graph();
    const found = (await client
      .api('/groups')
      .version('v1.0')
      .filter(encodeURIComponent("displayName eq 'A&B + C#7'"))
      .get()) as PageCollection;
    expect(found.value).toMatchObject([{ id: 'g-7' }]);
    const counted = (await client
      .api('/groups')
      .version('v1.0')
      .header('ConsistencyLevel', 'eventual')
      .search('"displayName:A"')
      .count(true)
      .top(5)
      .get()) as PageCollection;
    expect(counted['@odata.count']).toBe(GROUPS);
  });

  it('send batches', async () => {
    const client = clients.graph();
    const requests = ['/groups/g-1', '/groups/none', `${POLICIES}?$top=1`].map((url, index) => ({
      id: String(index + 1),
      request: new Request(`https://graph.microsoft.com${url}`),
    }));
    const content = await new BatchRequestContent(requests).getContent();
    const answers = new BatchResponseContent(
      (await client.api('/$batch').post(content)) as ConstructorParameters<typeof BatchResponseContent>[0],
    );
    expect([1, 2, 3].map((id) => answers.getResponseById(String(id)).status)).toEqual([200, 404, 200]);
    expect(await answers.getResponseById('1').json()).toMatchObject({ id: 'g-1' });
  });

  it('filter, order and shape policies as each collection allows', async () => {
    const client = clients.graph();
    const baselines = (await client
      .api(POLICIES)
      .filter("contains(name,'ASR') and technologies has 'mdm'")
      .select(['id', 'name'])
      .get()) as PageCollection;
    expect(baselines.value.length).toBeGreaterThan(0);
    expect(Object.keys(baselines.value[0] as object).sort()).toEqual(['id', 'name']);
    const rings = (await client
      .api('/deviceManagement/deviceConfigurations')
      .filter("isof('microsoft.graph.windowsUpdateForBusinessConfiguration')")
      .orderby('displayName desc')
      .expand('assignments')
      .top(2)
      .get()) as PageCollection;
    const names = rings.value.map(({ displayName }: { displayName: string }) => displayName);
    expect(names).toEqual([...names].sort((a, b) => (a < b ? 1 : -1)));
    expect([rings.value.length, rings['@odata.nextLink'] !== undefined]).toEqual([2, true]);
    const refused = client.api(POLICIES).select('colour').get();
    await expect(refused).rejects.toMatchObject({ statusCode: 400, code: 'BadRequest' });
  });

  it('make, change, assign and delete a policy, and see that in the audit events', async () => {
    const client = clients.graph();
    const filters = '/deviceManagement/assignmentFilters';
    const draft = { displayName: 'A stranger’s', platform: 'windows10AndLater', rule: '(device.model -eq "x")' };
    const made = (await client.api(filters).post(draft)) as Made;
    expect(made).toMatchObject({ ...draft, roleScopeTags: ['0'], assignmentFilterManagementType: 'devices' });
    const location = clients.last?.headers.get('location') ?? '';
    expect(await client.api(location).get()).toMatchObject({ id: made.id });
    await client.api(`${filters}/${made.id}`).patch({ description: 'changed' });
    const profile = (await client.api('/deviceManagement/deviceConfigurations').post({
      '@odata.type': '#microsoft.graph.windowsHealthMonitoringConfiguration',
      displayName: 'A stranger’s profile',
      allowDeviceHealthMonitoring: 'enabled',
    })) as Made;
    const target = {
      '@odata.type': '#microsoft.graph.groupAssignmentTarget',
      groupId: 'g-1',
      deviceAndAppManagementAssignmentFilterId: made.id,
      deviceAndAppManagementAssignmentFilterType: 'include',
    };
    const at = `/deviceManagement/deviceConfigurations/${profile.id}`;
    await client.api(`${at}/assign`).post({ assignments: [{ target }] });
    expect(await client.api(`${at}/assignments`).get()).toMatchObject({ value: [{ target }] });
    const used = client.api(`${filters}/${made.id}`).delete();
    await expect(used).rejects.toMatchObject({ statusCode: 400, code: 'BadRequest' });
    await client.api(at).delete();
    await client.api(`${filters}/${made.id}`).delete();
    await expect(client.api(at).get()).rejects.toMatchObject({ statusCode: 404, code: 'ResourceNotFound' });
    const audited = (await client
      .api('/deviceManagement/auditEvents')
      .version('v1.0')
      .orderby('activityDateTime')
      .get()) as PageCollection;
    expect(audited.value.map((event: GraphBody) => event.activityOperationType)).toEqual([
      ...['Create', 'Patch', 'Create', 'Action', 'Delete', 'Delete'],
    ]);
    const event = `/deviceManagement/auditEvents/${(audited.value[0] as Made).id}`;
    expect(await client.api(event).version('v1.0').get()).toMatchObject({ activityOperationType: 'Create' });
  });

  it('follow changes of groups by delta: new, renamed, joined, left, deleted', async () => {
    const client = clients.graph();
    const groups = client.api('/groups').version('v1.0');
    const latest = (await client.api('/groups/delta?$deltatoken=latest').version('v1.0').get()) as PageCollection;
    let link = String(latest['@odata.deltaLink']);
    const changes = async () => {
      const page = (await client.api(link).get()) as PageCollection;
      link = String(page['@odata.deltaLink']);
      return page.value as GraphBody[];
    };
    const draft = { displayName: 'New', mailEnabled: false, mailNickname: 'new', securityEnabled: true };
    const { id } = (await groups.post(draft)) as { id: string };
    const group = client.api(`/groups/${id}`).version('v1.0');
    const member = { '@odata.id': 'https://graph.microsoft.com/v1.0/directoryObjects/g-1' };
    await client.api(`/groups/${id}/members/$ref`).version('v1.0').post(member);
    expect(await changes()).toMatchObject([{ id, displayName: 'New', 'members@delta': [{ id: 'g-1' }] }]);
    await group.patch({ displayName: 'Renamed' });
    await client.api(`/groups/${id}/members/g-1/$ref`).version('v1.0').delete();
    const removed = [{ id: 'g-1', '@removed': { reason: 'deleted' } }];
    expect(await changes()).toMatchObject([{ id, displayName: 'Renamed', 'members@delta': removed }]);
    await group.delete();
    expect(await changes()).toEqual([{ id, '@removed': { reason: 'deleted' } }]);
    expect(await changes()).toEqual([]);
  });

  it('retry what is throttled, and read the error of what is forbidden', async () => {
    const client = clients.graph();
    await clients.simulator.control('PUT', '/faults', {
      rules: [
        { match: '/groups/g-1', status: 429, retryAfter: 0, times: 2 },
        { match: '/groups/g-2', status: 403 },
      ],
    });
    expect(await client.api('/groups/g-1').version('v1.0').get()).toMatchObject({ id: 'g-1' });
    const refused = await client
      .api('/groups/g-2')
      .get()
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(GraphError);
    expect(refused).toMatchObject({ statusCode: 403, code: 'Authorization_RequestDenied' });
  });

  it('sign in by certificate, named by either thumbprint', async () => {
    const strong = { privateKey: app.key, thumbprintSha256: app.sha256 };
    expect(await clients.appToken({ clientCertificate: strong })).toMatch(/^ey/);
    const chain = { ...strong, x5c: app.cert };
    expect(await clients.appToken({ clientCertificate: chain })).toMatch(/^ey/);
    const foreign = selfSigned();
    const wrong = clients.appToken({
      clientCertificate: { privateKey: foreign.key, thumbprintSha256: foreign.sha256 },
    });
    await expect(wrong).rejects.toMatchObject({ errorCode: 'invalid_client', errorNo: 700027 });
    await expect(clients.appToken({ clientSecret: 'wrong' })).rejects.toMatchObject({ errorNo: 7000215 });
  });

  it('sign users in by code with PKCE, renew silently, and call Graph for them', async () => {
    const login = clients.msal({ clientSecret: DEMO_CONTOSO.clientSecret });
    const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
    const scopes = ['User.Read', 'Group.Read.All'];
    const url = await login.getAuthCodeUrl({
      scopes,
      redirectUri: REDIRECT,
      codeChallenge: challenge,
      codeChallengeMethod: 'S256',
      loginHint: 'ada.admin@contoso.example',
      nonce: 'n-1',
      state: 's-1',
    });
    const answer = await clients.visit(url);
    const location = new URL(answer.headers.get('location') ?? '');
    const code = location.searchParams.get('code') ?? '';
    // MSAL holds the id token to the nonce of this request.
    const request = { code, scopes, redirectUri: REDIRECT, codeVerifier: verifier, nonce: 'n-1', state: 's-1' };
    const result = await login.acquireTokenByCode(request, { code, state: location.searchParams.get('state') ?? '' });
    expect(result.account).toMatchObject({
      username: 'ada.admin@contoso.example',
      tenantId: DEMO_CONTOSO.entraTenantId,
    });
    const account = result.account ?? undefined;
    if (account === undefined) throw new Error('MSAL found no account.');
    const renewed = await login.acquireTokenSilent({ account, scopes, forceRefresh: true });
    expect(renewed.accessToken).not.toBe(result.accessToken);
    const client = clients.graph(() => Promise.resolve(renewed.accessToken));
    expect(await client.api('/me').version('v1.0').get()).toMatchObject({ displayName: 'Ada Admin' });
    await expect(client.api(POLICIES).get()).rejects.toMatchObject({ statusCode: 403, code: 'Forbidden' });
  });
});
