import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunningSimulator } from '../../testing/running-simulator.js';
import { sampleTenant } from '../../testing/samples/sample-tenant.js';
import { sampleId } from '../../testing/sample-session.js';
import { bodiesOf, textOf, type GraphBody } from '../store/graph-body.js';

const MANAGEMENT = '/beta/deviceManagement';

/** Forms of exports that were made at full metadata: jorgeasaurus/Intune-Snapshot-Recovery, MIT. */
describe('odata.metadata', () => {
  let simulator: RunningSimulator;
  let token: string;

  beforeAll(async () => {
    simulator = await RunningSimulator.start({ tenants: [sampleTenant()] });
    token = await simulator.token();
  });
  afterAll(() => simulator.close());

  const read = async (path: string, level: string) => {
    const headers = { accept: `application/json;odata.metadata=${level}` };
    const answer = await simulator.graph(path, token, { headers });
    expect(answer.headers.get('content-type')).toContain(`odata.metadata=${level}`);
    return answer.json as GraphBody;
  };

  it('full names the type of everything, links and actions, with a cast for a derived type', async () => {
    const id = sampleId('deviceCompliancePolicies');
    const at = `deviceManagement/deviceCompliancePolicies('${id}')`;
    const root = `${simulator.graphOrigin}/beta/${at}`;
    const expand = '$expand=assignments,scheduledActionsForRule($expand=scheduledActionConfigurations)';
    const policy = await read(`${MANAGEMENT}/deviceCompliancePolicies/${id}?${expand}`, 'full');
    expect(policy).toMatchObject({
      '@odata.type': '#microsoft.graph.windows10CompliancePolicy',
      '@odata.id': at,
      '@odata.editLink': `${at}/microsoft.graph.windows10CompliancePolicy`,
      'createdDateTime@odata.type': '#DateTimeOffset',
      'roleScopeTagIds@odata.type': '#Collection(String)',
      'passwordRequiredType@odata.type': '#microsoft.graph.requiredPasswordType',
      'assignments@odata.navigationLink': `${root}/microsoft.graph.windows10CompliancePolicy/assignments`,
      'assignments@odata.associationLink': `${root}/microsoft.graph.windows10CompliancePolicy/assignments/$ref`,
      '#microsoft.graph.assign': {
        title: 'microsoft.graph.assign',
        target: `${root}/microsoft.graph.deviceCompliancePolicy/microsoft.graph.assign`,
      },
    });
    expect(policy).not.toHaveProperty('displayName@odata.type');
    const [rule] = bodiesOf(policy, 'scheduledActionsForRule');
    expect(rule).toMatchObject({
      '@odata.type': '#microsoft.graph.deviceComplianceScheduledActionForRule',
      '@odata.id': `${at}/scheduledActionsForRule('${textOf(rule ?? {}, 'id') ?? ''}')`,
      scheduledActionConfigurations: expect.arrayContaining([
        expect.objectContaining({ 'actionType@odata.type': '#microsoft.graph.deviceComplianceActionType' }),
      ]),
    });
  });

  it('full goes down into settings, in lists of them as well', async () => {
    const path = `${MANAGEMENT}/configurationPolicies/${sampleId('configurationPolicies')}/settings`;
    const [setting] = bodiesOf(await read(path, 'full'), 'value');
    expect(setting).toMatchObject({
      '@odata.type': '#microsoft.graph.deviceManagementConfigurationSetting',
      '@odata.id': `deviceManagement/configurationPolicies('${sampleId('configurationPolicies')}')/settings('0')`,
      'settingDefinitions@odata.navigationLink': expect.stringMatching(/\/settings\('0'\)\/settingDefinitions$/),
    });
    const list = bodiesOf(await read(`${MANAGEMENT}/configurationPolicies`, 'full'), 'value');
    expect(list[0]).toMatchObject({
      '@odata.type': '#microsoft.graph.deviceManagementConfigurationPolicy',
      'platforms@odata.type': '#microsoft.graph.deviceManagementConfigurationPlatforms',
      'technologies@odata.type': '#microsoft.graph.deviceManagementConfigurationTechnologies',
      templateReference: {
        'templateFamily@odata.type': '#microsoft.graph.deviceManagementConfigurationTemplateFamily',
      },
    });
  });

  it('none leaves only what paging needs', async () => {
    const page = await read(`${MANAGEMENT}/roleScopeTags?$count=true&$top=1`, 'none');
    expect(Object.keys(page).sort()).toEqual(['@odata.count', '@odata.nextLink', 'value']);
    const list = bodiesOf(await read(`${MANAGEMENT}/deviceConfigurations?$expand=assignments`, 'none'), 'value');
    expect(JSON.stringify(list)).not.toContain('@odata.');
  });
});
