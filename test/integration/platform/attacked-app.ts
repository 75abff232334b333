import request from 'supertest';
import { DEMO_FABRIKAM } from '#libs/graph-simulator/src/demo/demo-credentials.js';
import { startApp, type RunningApp } from '../../support/running-app.js';

/** One thing of each kind that has an id. */
export interface Things {
  tenant: string;
  run: string;
  policy: string;
  syncRun: string;
  set: string;
  finding: string;
}

/** A demo user with a session. */
export interface Caller {
  cookie: string;
  tenant: string;
}

interface OperationDocument {
  parameters?: { name: string; in: string }[];
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** One operation of the OpenAPI document. */
export interface ApiOperation {
  method: (typeof METHODS)[number];
  /** With `{tenantId}` and the like in it. */
  path: string;
  /** Names of its query parameters. */
  query: string[];
}

/** The built product with two tenants that have content, attacked by members of the first one. */
export interface AttackedApp {
  app: RunningApp;
  http: ReturnType<typeof request>;
  operations: ApiOperation[];
  owner: Caller;
  readonly: Caller;
  own: Omit<Things, 'finding'>;
  /** Of the other tenant. */
  foreign: Things;
}

export async function attackedApp(): Promise<AttackedApp> {
  const app = await startApp();
  try {
    return await prepared(app);
  } catch (error) {
    await app.stop();
    throw error;
  }
}

async function prepared(app: RunningApp): Promise<AttackedApp> {
  const http = request(app.url);
  const as = async (email: string): Promise<Caller> => {
    const user = app.users.find((candidate) => candidate.email === email);
    const credentials = { email, password: user?.password };
    const { headers } = await http.post('/api/v1/auth/login').send(credentials).expect(200);
    const [cookie = ''] = headers['set-cookie'] as unknown as string[];
    return { cookie: cookie.split(';')[0] ?? '', tenant: user?.tenantId ?? '' };
  };
  const [owner, readonly, stranger] = [
    await as('owner@contoso.example'),
    await as('readonly@contoso.example'),
    await as('owner@fabrikam.example'),
  ];
  const own = await thingsOf(http, owner);
  const foreign = await thingsOf(http, stranger);
  const answer = await http.get('/api/openapi.json').expect(200);
  return {
    app,
    http,
    operations: operationsOf(answer.body),
    owner,
    readonly,
    own,
    foreign: { ...foreign, finding: await driftedFinding(app, http, stranger) },
  };
}

type Http = AttackedApp['http'];

async function thingsOf(http: Http, { cookie, tenant }: Caller): Promise<Omit<Things, 'finding'>> {
  const base = `/api/v1/tenants/${tenant}`;
  const run = await finishedRun(http, cookie, base, '/inventory/sync');
  const set = await http.post(`${base}/backup-sets`).set('cookie', cookie).send({ name: 'Everything' }).expect(201);
  return {
    tenant,
    run,
    policy: await firstId(http, cookie, `${base}/inventory/policies`),
    syncRun: await firstId(http, cookie, `${base}/inventory/sync-runs`),
    set: set.body.id as string,
  };
}

async function driftedFinding(app: RunningApp, http: Http, { cookie, tenant }: Caller): Promise<string> {
  const base = `/api/v1/tenants/${tenant}`;
  const brought = await fetch(`${app.controlUrl}/tenants/${DEMO_FABRIKAM.entraTenantId}/objects`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ '@odata.type': '#microsoft.graph.windows10CompliancePolicy', displayName: 'By hand' }),
  });
  if (!brought.ok) throw new Error(`The simulator refused a change: ${await brought.text()}`);
  await finishedRun(http, cookie, base, '/inventory/sync');
  await finishedRun(http, cookie, base, '/drift/generate');
  return firstId(http, cookie, `${base}/drift/findings`);
}

async function finishedRun(http: Http, cookie: string, base: string, path: string): Promise<string> {
  const { body } = await http
    .post(base + path)
    .set('cookie', cookie)
    .send({})
    .expect(202);
  const { id } = body.run as { id: string };
  for (;;) {
    const { body: run } = await http.get(`${base}/operations/${id}`).set('cookie', cookie).expect(200);
    if (run.status === 'completed') return id;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function firstId(http: Http, cookie: string, path: string): Promise<string> {
  const { body } = await http.get(path).set('cookie', cookie).expect(200);
  const [first] = body.items as { id: string }[];
  if (first === undefined) throw new Error(`${path} is empty.`);
  return first.id;
}

function operationsOf(document: {
  paths: Record<string, Partial<Record<ApiOperation['method'], OperationDocument>>>;
}): ApiOperation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      const query = operation?.parameters?.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
      return operation === undefined ? [] : [{ method, path, query: query ?? [] }];
    }),
  );
}
