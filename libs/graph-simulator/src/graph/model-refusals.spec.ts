import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { GraphContract } from '../../testing/graph-contract.js';
import { sampleId, SampleSession, sentenceOf } from '../../testing/sample-session.js';
import type { GraphBody } from '../store/graph-body.js';
import { collectionOf, COLLECTIONS, pathOf } from './collections.js';
import { MODEL, modelName } from './model/graph-model.js';

const CONTRACT = path.resolve(import.meta.dirname, '../../../../../shared/graph/openapi-subset.json');
const MANAGEMENT = '/beta/deviceManagement';
const COMPLIANCE = {
  '@odata.type': '#microsoft.graph.windows10CompliancePolicy',
  displayName: 'x',
  scheduledActionsForRule: [
    { ruleName: 'PasswordRequired', scheduledActionConfigurations: [{ actionType: 'block', gracePeriodHours: 0 }] },
  ],
};
const API = 'microsoft.management.services.api';

describe('the model behind a write', () => {
  let session: SampleSession;

  beforeAll(async () => {
    session = await SampleSession.start();
  });
  afterAll(() => session.simulator.close());

  it.each([
    [
      { nothing: 1 },
      `The property 'nothing' does not exist on type '${API}.windows10CompliancePolicy'. Make sure to only use property names that are defined by the type.`,
    ],
    [{ osMinimumVersion: 11 }, "Cannot convert the literal '11' to the expected type 'Edm.String'."],
    [
      { passwordMinimumLength: '<enabled/>' },
      "Cannot convert the literal '<enabled/>' to the expected type 'Edm.Int32'.",
    ],
    [{ passwordRequiredType: 'equals' }, "Requested value 'equals' was not found."],
    [
      { bitLockerEnabled: null },
      "A null value was found for the property named 'bitLockerEnabled', which has the expected type 'Edm.Boolean[Nullable=False]'. The expected type 'Edm.Boolean[Nullable=False]' does not allow null values.",
    ],
    [
      { roleScopeTagIds: '0' },
      "An unexpected 'PrimitiveValue' node was found when reading from the JSON reader. A 'StartArray' node was expected.",
    ],
    [
      { '@odata.type': '#microsoft.graph.iosGeneralDeviceConfiguration' },
      `An entry with type '${API}.iosGeneralDeviceConfiguration' was found, but it is not assignable to the expected type '${API}.deviceCompliancePolicy'. The type specified in the entry must be equal to either the expected type or a derived type.`,
    ],
    [
      { '@odata.type': '#microsoft.graph.deviceManagementConfigurationPolicy' },
      "A type named 'microsoft.graph.deviceManagementConfigurationPolicy' could not be resolved by the model. When a model is available, each type name must resolve to a valid type.",
    ],
    [
      { scheduledActionsForRule: [{ scheduledActionConfigurations: [{ actionType: 'shout' }] }] },
      "Requested value 'shout' was not found.",
    ],
  ])('refuses %j with its own sentence, twice', async (change, message) => {
    const answer = await session.send('POST', `${MANAGEMENT}/deviceCompliancePolicies`, { ...COMPLIANCE, ...change });
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({ error: { code: 'ModelValidationFailure', message, innerError: { message } } });
  });

  it('looks into settings, assignments and changes as well, and passes over annotations', async () => {
    const policies = `${MANAGEMENT}/configurationPolicies`;
    const settings = [{ settingInstance: { '@odata.type': '#microsoft.graph.nonsense' } }];
    const wrong = { name: 'x', platforms: 'windows10', technologies: 'mdm', settings };
    expect(sentenceOf(await session.send('POST', policies, wrong))).toContain('microsoft.graph.nonsense');
    const assignments = [{ target: { '@odata.type': '#microsoft.graph.allDevicesAssignmentTarget', group: 'x' } }];
    const assign = `${policies}/${sampleId('configurationPolicies')}/assign`;
    expect(sentenceOf(await session.send('POST', assign, { assignments }))).toContain("The property 'group'");
    const category = `${MANAGEMENT}/deviceCategories/${sampleId('deviceCategories')}`;
    expect((await session.send('PATCH', category, { colour: 'red' })).status).toBe(400);
    const annotated = { 'x@odata.context': 'y', '#microsoft.graph.z': {}, description: 'fine' };
    expect((await session.send('PATCH', category, annotated)).status).toBe(200);
    const access = `/beta/identity/conditionalAccess/policies/${sampleId('conditionalAccessPolicies')}`;
    expect((await session.send('PATCH', access, { state: 'perhaps' })).json).toMatchObject({
      error: { code: 'BadRequest', message: "Requested value 'perhaps' was not found." },
    });
  });

  it('tells of a new object every property that its type has, as the contract describes them', async () => {
    const created = await session.send('POST', `${MANAGEMENT}/deviceCompliancePolicies`, COMPLIANCE);
    expect(created.status).toBe(201);
    const id = String(created.json.id);
    expect(created.headers.get('location')).toBe(
      `${session.simulator.graphOrigin}/beta/deviceManagement/deviceCompliancePolicies('${id}')`,
    );
    expect(created.json).toMatchObject({
      bitLockerEnabled: false,
      osMinimumVersion: null,
      passwordRequiredType: 'deviceDefault',
      validOperatingSystemBuildRanges: [],
      roleScopeTagIds: ['0'],
    });
    const relations = collectionOf('deviceCompliancePolicies').navigation.map(({ name }) => name);
    const told = MODEL.properties('windows10CompliancePolicy').filter(
      ([name, { type }]) => type !== '@' && !relations.includes(name),
    );
    expect(told.map(([name]) => name).filter((name) => !(name in created.json))).toEqual([]);
    const byLocation = await session.read(new URL(created.headers.get('location') ?? '').pathname);
    expect(byLocation).toMatchObject({ id });
    if (!existsSync(CONTRACT)) return;
    const contract = new GraphContract(JSON.parse(readFileSync(CONTRACT, 'utf8')) as object);
    expect(contract.faults('microsoft.graph.deviceCompliancePolicy', created.json as GraphBody)).toEqual([]);
  });

  it('makes objects that fit the contract of the little that each type asks for', async () => {
    if (!existsSync(CONTRACT)) return;
    const contract = new GraphContract(JSON.parse(readFileSync(CONTRACT, 'utf8')) as object);
    const faults: string[] = [];
    for (const spec of COLLECTIONS) {
      const { create, required = [], ids } = spec.writes ?? {};
      // A type with rules of its own, or with values that have to be right, has its sample for this.
      const plain = !spec.polymorphic && required.length === 1 && required[0] === spec.nameField && ids !== 'given';
      if (create === undefined || !plain || !contract.knows(spec.entityType)) continue;
      const answer = await session.send('POST', `/beta/${pathOf(spec)}`, { [spec.nameField]: 'Little' });
      if (answer.status !== create) faults.push(`${spec.key}: ${answer.status} ${answer.text}`);
      faults.push(
        ...contract.faults(spec.entityType, answer.json as GraphBody).map((fault) => `${spec.key}: ${fault}`),
      );
      const names = MODEL.properties(modelName(spec.entityType)).filter(
        ([, { type, nullable }]) => type.length === 1 && nullable,
      );
      const relations = new Set(spec.navigation.map(({ name }) => name));
      const missing = names.filter(
        ([name, { type }]) => type !== '@' && !relations.has(name) && !(name in answer.json),
      );
      faults.push(...missing.map(([name]) => `${spec.key}: ${name} is not told`));
    }
    expect(faults).toEqual([]);
  });

  it('says nothing of the type and length of what is not there', async () => {
    const access = `/beta/identity/conditionalAccess/policies/${sampleId('conditionalAccessPolicies')}`;
    const { status, headers } = await session.send('PATCH', access, { state: 'disabled' });
    expect([status, headers.get('content-type'), headers.get('content-length')]).toEqual([204, null, null]);
    const listed = await session.send('GET', `${MANAGEMENT}/deviceCategories`);
    expect([listed.headers.get('content-length'), listed.headers.get('transfer-encoding')]).toEqual([null, 'chunked']);
  });

  it.each([
    ['deviceManagement/deviceCategories?$select=colour', 'colour', 'microsoft.graph.deviceCategory'],
    // Of the derived type, without a cast (microsoftgraph/msgraph-beta-sdk-dotnet#563).
    ['deviceAppManagement/mobileApps?$select=displayVersion', 'displayVersion', 'microsoft.graph.mobileApp'],
  ])('refuses %s', async (query, name, type) => {
    const { status, json } = await session.send('GET', `/beta/${query}`);
    const message = `Parsing OData Select and Expand failed: Could not find a property named '${name}' on type '${type}'.`;
    expect([status, json]).toMatchObject([400, { error: { code: 'BadRequest', message } }]);
  });

  it('selects a property of a derived type behind a cast', async () => {
    const [app] = await session.list(
      '/beta/deviceAppManagement/mobileApps?$select=id,microsoft.graph.win32LobApp/fileName',
    );
    expect(Object.keys(app ?? {}).sort()).toEqual(['@odata.type', 'fileName', 'id']);
  });
});
