import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  CryptoProvider,
  ConfidentialClientApplication,
  type Configuration,
  type INetworkModule,
  type NetworkRequestOptions,
  type NetworkResponse,
} from '@azure/msal-node';
import {
  AuthenticationHandler,
  BatchRequestContent,
  BatchResponseContent,
  Client,
  GraphError,
  PageIterator,
  RedirectHandler,
  RetryHandler,
  TelemetryHandler,
  type Context,
  type Middleware,
  type PageCollection,
} from '@microsoft/microsoft-graph-client';
import { Agent, fetch as fetchOverTls } from 'undici';
import { RunningSimulator } from '../testing/running-simulator.js';
import { selfSigned } from '../testing/self-signed.js';
import { DEMO_CONTOSO } from './demo/demo-credentials.js';
import { demoTenants } from './demo/demo-tenants.js';
import type { SeedTenant } from './store/seed-tenant.js';

const REDIRECT = 'http://localhost:3000/auth/callback';
const POLICIES = '/deviceManagement/configurationPolicies';
const GROUPS = 150;

/**
 * Clients that know nothing of the simulator, over https with a certificate of this test's own: Microsoft's Graph client with
 * its usual chain of handlers, and MSAL with its own checks of the authority.
 */
describe('clients of strangers', () => {
  const server = selfSigned();
  const app = selfSigned({ name: 'app' });
  const agent = new Agent({ connect: { ca: server.cert } });
  let simulator: RunningSimulator;
  let contoso: SeedTenant;

  beforeAll(async () => {
    const [first, ...others] = demoTenants() as [SeedTenant, ...SeedTenant[]];
    contoso = {
      ...first,
      apps: first.apps.map((each) => ({ ...each, certificates: [app.cert] })),
      groups: Array.from({ length: GROUPS }, (_, index) => ({ id: `g-${index}`, displayName: `A&B + C#${index}` })),
    };
    const tls = { key: server.key, cert: server.cert };
    simulator = await RunningSimulator.start({ tenants: [contoso, ...others], tls });
  });
  afterAll(async () => {
    await simulator.close();
    await agent.close();
  });
  afterEach(() => simulator.control('DELETE', '/faults'));

  const origin = () => simulator.graphOrigin.replace('127.0.0.1', 'localhost');

  const graphClient = (token: () => Promise<string>) => {
    const send: Middleware = {
      execute: async (context: Context) => {
        const { request, options } = context;
        const { method, headers, body } = options ?? {};
        const answer = await fetchOverTls(typeof request === 'string' ? request : request.url, {
          method,
          headers: headers as Record<string, string>,
          body: body as string | undefined,
          dispatcher: agent,
        });
        context.response = answer;
      },
    };
    const chain = [
      new AuthenticationHandler({ getAccessToken: token }),
      new RetryHandler(),
      new RedirectHandler(),
      new TelemetryHandler(),
    ];
    chain.forEach((handler, index) => handler.setNext(chain[index + 1] ?? send));
    return Client.initWithMiddleware({
      middleware: chain[0],
      baseUrl: origin(),
      defaultVersion: 'beta',
      customHosts: new Set(['localhost']),
    });
  };

  const network: INetworkModule = {
    sendGetRequestAsync: (url, options) => exchange('GET', url, options),
    sendPostRequestAsync: (url, options) => exchange('POST', url, options),
  };

  async function exchange<T>(
    method: string,
    url: string,
    options: NetworkRequestOptions = {},
  ): Promise<NetworkResponse<T>> {
    const { headers, body } = options;
    const answer = await fetchOverTls(url, { method, headers, body, dispatcher: agent, redirect: 'manual' });
    return {
      status: answer.status,
      headers: Object.fromEntries(answer.headers.entries()),
      body: (await answer.json()) as T,
    };
  }

  const msal = (auth: Partial<Configuration['auth']>) =>
    new ConfidentialClientApplication({
      auth: {
        clientId: DEMO_CONTOSO.clientId,
        authority: `${origin()}/${DEMO_CONTOSO.entraTenantId}`,
        knownAuthorities: [new URL(origin()).host],
        ...auth,
      },
      system: { networkClient: network },
    });
  const appToken = async (auth: Partial<Configuration['auth']> = { clientSecret: DEMO_CONTOSO.clientSecret }) => {
    const result = await msal(auth).acquireTokenByClientCredential({
      scopes: ['https://graph.microsoft.com/.default'],
    });
    return result?.accessToken ?? '';
  };

  it('page through policies 25 at a time, and through groups by delta', async () => {
    const client = graphClient(appToken);
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
    const client = graphClient(appToken);
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
    const client = graphClient(appToken);
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

  it('retry what is throttled, and read the error of what is forbidden', async () => {
    const client = graphClient(appToken);
    await simulator.control('PUT', '/faults', {
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
    expect(await appToken({ clientCertificate: strong })).toMatch(/^ey/);
    const chain = { ...strong, x5c: app.cert };
    expect(await appToken({ clientCertificate: chain })).toMatch(/^ey/);
    const foreign = selfSigned();
    const wrong = appToken({ clientCertificate: { privateKey: foreign.key, thumbprintSha256: foreign.sha256 } });
    await expect(wrong).rejects.toMatchObject({ errorCode: 'invalid_client', errorNo: 700027 });
    await expect(appToken({ clientSecret: 'wrong' })).rejects.toMatchObject({ errorNo: 7000215 });
  });

  it('sign users in by code with PKCE, renew silently, and call Graph for them', async () => {
    const login = msal({ clientSecret: DEMO_CONTOSO.clientSecret });
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
    const answer = await fetchOverTls(url, { dispatcher: agent, redirect: 'manual' });
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
    const client = graphClient(() => Promise.resolve(renewed.accessToken));
    expect(await client.api('/me').version('v1.0').get()).toMatchObject({ displayName: 'Ada Admin' });
    await expect(client.api(POLICIES).get()).rejects.toMatchObject({ statusCode: 403, code: 'Forbidden' });
  });
});
