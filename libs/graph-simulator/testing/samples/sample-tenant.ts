import { DEMO_CONTOSO } from '../../src/demo/demo-credentials.js';
import { ALL_PERMISSIONS, type SeedTenant } from '../../src/store/seed-tenant.js';
import { SAMPLE_GROUPS, SAMPLES } from './samples.js';

/** A tenant with the sample of every collection, which the demo app may read and write. */
export function sampleTenant(): SeedTenant {
  const { entraTenantId, clientId, clientSecret } = DEMO_CONTOSO;
  return {
    entraTenantId,
    name: 'Samples',
    apps: [{ clientId, clientSecret, permissions: [...ALL_PERMISSIONS] }],
    users: [],
    groups: [...SAMPLE_GROUPS],
    objects: SAMPLES.map(({ collection, body }) => ({ collection, body: structuredClone(body) })),
  };
}
