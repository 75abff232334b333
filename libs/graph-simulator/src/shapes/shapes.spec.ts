import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunningSimulator } from '../../testing/running-simulator.js';
import { sampleTenant } from '../../testing/samples/sample-tenant.js';
import { compareShapes } from './compare-shapes.js';
import { recordShapes, type RecordedShapes } from './record-shapes.js';

describe('shapes of answers', () => {
  let simulator: RunningSimulator;
  let shapes: RecordedShapes;

  beforeAll(async () => {
    let now = Date.now();
    simulator = await RunningSimulator.start({ now: () => now, tenants: [sampleTenant()] });
    const pause = (ms: number) => {
      now += ms;
      return Promise.resolve();
    };
    shapes = await recordShapes({ graph: simulator.graphOrigin, token: await simulator.token(), pause });
  });
  afterAll(() => simulator.close());

  it('hold names and kinds, and no value', () => {
    expect(shapes.configurationPolicies?.item).toMatchObject({
      status: 200,
      annotations: expect.arrayContaining(['@odata.context', 'request-id']),
      objects: {
        'microsoft.graph.deviceManagementConfigurationPolicy': {
          id: ['guid'],
          name: ['text'],
          createdDateTime: ['time'],
          priorityMetaData: ['null'],
          roleScopeTagIds: ['list'],
          settingCount: ['number'],
        },
      },
    });
    expect(shapes.configurationPolicies?.relations.settings?.objects).toEqual({
      settings: { id: ['text'], settingInstance: ['object'] },
    });
    expect(JSON.stringify(shapes)).not.toContain('Sample');
  });

  it('are the same as themselves, and differ where an answer does', () => {
    expect(compareShapes(shapes, shapes)).toEqual([]);
    const real = structuredClone(shapes);
    const { configurationPolicies, deviceCategories } = real;
    if (configurationPolicies?.item == null || deviceCategories === undefined) throw new Error('Nothing was recorded.');
    const policy = configurationPolicies.item.objects['microsoft.graph.deviceManagementConfigurationPolicy'] ?? {};
    policy.settingCount = ['text'];
    policy.newProperty = ['boolean'];
    delete policy.platforms;
    configurationPolicies.list.annotations.push('x-ms-resource-unit');
    deviceCategories.list.status = 403;
    expect(compareShapes(real, shapes)).toEqual([
      'configurationPolicies, list: really the answer has x-ms-resource-unit, here not.',
      'configurationPolicies, item, microsoft.graph.deviceManagementConfigurationPolicy: really there is newProperty, here not.',
      'configurationPolicies, item, microsoft.graph.deviceManagementConfigurationPolicy: here there is platforms, really not.',
      'configurationPolicies, item, microsoft.graph.deviceManagementConfigurationPolicy: settingCount is really text, here number.',
      'deviceCategories, list: really answered with 403, here with 200.',
    ]);
  });

  it('tell how pages go on', async () => {
    const { graphOrigin } = simulator;
    const tenant = sampleTenant();
    const [policy] = tenant.objects.filter(({ collection }) => collection === 'configurationPolicies');
    const many = Array.from({ length: 30 }, (_, at) => ({
      collection: 'configurationPolicies' as const,
      body: { ...policy?.body, id: `00000000-0000-4000-8000-0000000001${at + 10}` },
    }));
    const other = await RunningSimulator.start({ tenants: [{ ...tenant, objects: many }] });
    try {
      const longer = await recordShapes({
        graph: other.graphOrigin,
        token: await other.token(),
        pause: () => Promise.resolve(),
      });
      expect(longer.configurationPolicies?.list).toMatchObject({ pageSize: 25, nextLink: '$skiptoken encoded twice' });
      expect(other.graphOrigin).not.toBe(graphOrigin);
    } finally {
      await other.close();
    }
  });
});
