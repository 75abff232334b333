import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePorts, startApplication } from '../acceptance/processes.mjs';
import { Api, sent } from './api.mjs';

const PASSWORD = 'screenshots of the demo';
const SIZE = 'smb';
const EDITED = {
  '@odata.type': '#microsoft.graph.windows10CompliancePolicy',
  displayName: 'Windows: minimum requirements',
  passwordRequired: false,
  passwordMinimumLength: 6,
};
const EDIT = { passwordRequired: true, passwordMinimumLength: 12, bitLockerEnabled: true };

/** Starts the product with a demo tenant of its own and lets enough happen in it that every page has something to show. */
export async function startDemo(say) {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'tenantatlas-screenshots-'));
  const [port, graphPort, controlPort] = await freePorts(3);
  say('building and starting the product');
  const app = await startApplication({
    ...process.env,
    NODE_ENV: undefined,
    DATABASE_URL: undefined,
    DATA_DIR: dataDir,
    PORT: String(port),
    GRAPH_SIMULATOR_PORT: String(graphPort),
    GRAPH_SIMULATOR_CONTROL_PORT: String(controlPort),
    GRAPH_SIMULATOR_DEMO: SIZE,
    GRAPH_SIMULATOR_ADMIN: 'off',
    DEMO_PASSWORD: PASSWORD,
  });
  const stop = async () => {
    await app.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  if (!app.ready) {
    await stop();
    throw new Error(`The product did not start.\n${app.words()}`);
  }
  const origin = `http://127.0.0.1:${port}`;
  const credentials = { email: 'owner@contoso.example', password: PASSWORD };
  try {
    const api = await Api.signIn(origin, credentials);
    return { origin, credentials, ids: await prepare(api, `http://127.0.0.1:${controlPort}`, say), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function prepare(api, controlUrl, say) {
  say('groups and the first sync');
  const { items: tenants } = await (await fetch(`${controlUrl}/tenants`)).json();
  const objects = `${controlUrl}/tenants/${tenants[0].id}/objects`;
  const { id: objectId } = await sent(objects, 'POST', EDITED);
  await api.run('/directory/groups/sync');
  await api.run('/inventory/sync');
  say('an edit in the tenant, and the sync that finds it');
  await sent(`${objects}/${objectId}`, 'PATCH', EDIT);
  await api.run('/inventory/sync');
  await api.run('/drift/generate');
  const set = await api.post('/backup-sets', { name: 'Before the autumn changes', description: 'Kept for the audit.' });
  const { items: policies } = await api.get('/inventory/policies?limit=60');
  await api.run(`/backup-sets/${set.id}/policies`, { policyIds: policies.map(({ id }) => id) });
  say('a sync of which a type is refused');
  const faults = { rules: [{ match: 'windowsAutopilotDeploymentProfiles', status: 403 }] };
  await sent(`${controlUrl}/faults`, 'PUT', faults);
  const { id: runId } = await api.run('/inventory/sync');
  await sent(`${controlUrl}/faults`, 'PUT', { rules: [] });
  await api.post('/schedules', {
    name: 'Every night',
    kind: 'inventory.sync',
    cron: '30 3 * * *',
    timeZone: 'Europe/Vienna',
  });
  const channel = await api.post('/notification-channels', {
    kind: 'webhook',
    name: 'Operations team',
    url: 'https://hooks.contoso.example/tenantatlas',
    outcomes: ['failed'],
  });

  const { items: found } = await api.get(`/inventory/policies?q=${encodeURIComponent(EDITED.displayName)}`);
  const policyId = (found[0] ?? policies[0]).id;
  const { items: versions } = await api.get(`/inventory/policies/${policyId}/versions`);
  const [syncRun] = (await api.get('/inventory/sync-runs')).items;
  const [finding] = (await api.get('/drift/findings?kind=policy.changed,policy.renamed')).items;
  const [group] = (await api.get('/directory/groups')).items;
  const compare = versions.length > 1 ? `?from=${versions.at(-1).id}&to=${versions[0].id}` : '';
  return {
    tenantId: api.tenantId,
    policyId,
    syncRunId: syncRun.id,
    findingId: finding.id,
    backupSetId: set.id,
    groupId: group.id,
    channelId: channel.id,
    runId,
    search: { '/inventory/policies/$policyId/compare': compare },
  };
}
