import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sampleId, SampleSession, sentenceOf } from '../../testing/sample-session.js';
import { SAMPLE_GROUPS } from '../../testing/samples/samples.js';
import type { GraphBody } from '../store/graph-body.js';
import { stableGuid } from '../store/stable-id.js';

const MANAGEMENT = '/beta/deviceManagement';
const APPS = '/beta/deviceAppManagement';
const GROUP = SAMPLE_GROUPS[0]?.id ?? '';

const toGroup = (groupId: string) => ({ '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId });

describe('assignments and actions over Graph', () => {
  let session: SampleSession;

  beforeEach(async () => {
    session = await SampleSession.start();
  });
  afterEach(() => session.simulator.close());

  it('checks the groups and filters of assignments', async () => {
    const path = `${MANAGEMENT}/deviceManagementScripts/${sampleId('deviceManagementScripts')}`;
    const missing = '00000000-0000-4000-8000-00000000dead';
    const wrongGroup = await session.send('POST', `${path}/assign`, {
      deviceManagementScriptAssignments: [{ target: toGroup(missing) }],
    });
    expect(sentenceOf(wrongGroup)).toBe(`Invalid GroupId : ${missing} provided, a valid AADGroupId is expected.`);
    const target = { ...toGroup(GROUP), deviceAndAppManagementAssignmentFilterId: missing };
    expect(
      (await session.send('POST', `${path}/assign`, { deviceManagementScriptAssignments: [{ target }] })).status,
    ).toBe(400);
    expect((await session.send('POST', `${path}/assign`, { assignments: [] })).status).toBe(400);
    expect(await session.list(`${path}/assignments`)).toHaveLength(2);
    expect((await session.send('POST', `${path}/assign`, { deviceManagementScriptAssignments: [] })).status).toBe(200);
    expect(await session.list(`${path}/assignments`)).toEqual([]);
  });

  it('has the actions of single types', async () => {
    const compliance = `${MANAGEMENT}/deviceCompliancePolicies/${sampleId('deviceCompliancePolicies')}`;
    const block = {
      actionType: 'block',
      gracePeriodHours: 72,
      notificationTemplateId: '',
      notificationMessageCCList: [],
    };
    const rules = [{ ruleName: 'PasswordRequired', scheduledActionConfigurations: [block] }];
    const rescheduled = await session.send('POST', `${compliance}/scheduleActionsForRules`, {
      deviceComplianceScheduledActionForRules: rules,
    });
    expect(rescheduled.status).toBe(200);
    const expand = '$expand=scheduledActionsForRule($expand=scheduledActionConfigurations)';
    expect(await session.read(`${compliance}?${expand}`)).toMatchObject({
      scheduledActionsForRule: [{ scheduledActionConfigurations: [{ gracePeriodHours: 72 }] }],
    });

    const protection = `${APPS}/iosManagedAppProtections/T_${sampleId('iosManagedAppProtections')}`;
    const version = (await session.read(protection)).version;
    expect((await session.send('POST', `${protection}/targetApps`, { appGroupType: 'allApps', apps: [] })).status).toBe(
      204,
    );
    expect(await session.read(protection)).toMatchObject({ appGroupType: 'allApps', deployedAppCount: 0 });
    expect((await session.send('PATCH', protection, { description: 'x' })).status).toBe(204);
    expect((await session.read(protection)).version).not.toBe(version);

    const template = `${MANAGEMENT}/templates/${sampleId('templates')}/createInstance`;
    const intent = await session.send('POST', template, { displayName: 'From template', settingsDelta: [] });
    expect(intent).toMatchObject({ status: 200, json: { templateId: sampleId('templates'), isAssigned: false } });

    const messages = `${MANAGEMENT}/notificationMessageTemplates/${sampleId('notificationMessageTemplates')}/localizedNotificationMessages`;
    const french = { locale: 'fr-fr', subject: 'Bonjour', messageTemplate: 'Bonjour' };
    expect((await session.send('POST', messages, french)).status).toBe(200);
    expect((await session.send('POST', messages, french)).status).toBe(400);
    expect(await session.list(messages)).toHaveLength(3);
  });

  it('binds a definition value by URL, once for each definition', async () => {
    const path = `${MANAGEMENT}/groupPolicyConfigurations/${sampleId('groupPolicyConfigurations')}`;
    const definition = `https://graph.microsoft.com/beta/deviceManagement/groupPolicyDefinitions('${sampleId('groupPolicyDefinitions')}')`;
    const added = [
      {
        enabled: true,
        'definition@odata.bind': definition,
        presentationValues: [
          {
            '@odata.type': '#microsoft.graph.groupPolicyPresentationValueText',
            value: 'C:\\templates',
            'presentation@odata.bind': `${definition}/presentations('${stableGuid('sample presentation')}')`,
          },
        ],
      },
    ];
    const [before] = await session.list(`${path}/definitionValues`);
    const change = (body: GraphBody) => session.send('POST', `${path}/updateDefinitionValues`, body);
    expect((await change({ added, updated: [], deletedIds: [] })).status).toBe(204);
    expect((await session.list(`${path}/definitionValues`)).map(({ id }) => id)).toEqual([before?.id]);
    expect((await change({ added: [], updated: [], deletedIds: [before?.id ?? ''] })).status).toBe(204);
    expect((await change({ added, updated: [], deletedIds: [] })).status).toBe(204);
    const [after] = await session.list(
      `${path}/definitionValues?$expand=definition,presentationValues($expand=presentation)`,
    );
    expect(after).toMatchObject({
      definition: { id: sampleId('groupPolicyDefinitions') },
      presentationValues: [{ value: 'C:\\templates', presentation: { label: 'Path:' } }],
    });
    const unknown = { enabled: true, 'definition@odata.bind': `https://x/groupPolicyDefinitions('none')` };
    expect((await session.send('POST', `${path}/definitionValues`, unknown)).status).toBe(400);
  });

  it('gives scope tags, priorities and relationships of its own accord', async () => {
    const page = '#microsoft.graph.windows10EnrollmentCompletionPageConfiguration';
    const enrollment = `${MANAGEMENT}/deviceEnrollmentConfigurations`;
    const created = await session.send('POST', enrollment, { '@odata.type': page, displayName: 'Second' });
    expect(created.json).toMatchObject({ priority: 2, roleScopeTagIds: ['0'], description: null });
    const second = `${enrollment}/${String(created.json.id)}`;
    expect(second).toMatch(/_Windows10EnrollmentCompletionPageConfiguration$/);
    expect((await session.send('POST', `${second}/setPriority`, { priority: 1 })).status).toBe(200);
    const pages = (await session.list(enrollment)).filter((item) => item['@odata.type'] === page);
    expect(pages.map(({ displayName, priority }) => [displayName, priority])).toEqual([
      ['Sample - Enrollment status page', 2],
      ['Second', 1],
    ]);
    const app = `${APPS}/mobileApps/${sampleId('mobileApps')}`;
    expect((await session.send('POST', `${app}/updateRelationships`, { relationships: [] })).status).toBe(204);
    expect(await session.list(`${app}/relationships`)).toEqual([]);
    const filter = { displayName: 'New', platform: 'iOS', rule: '(device.model -eq "x")' };
    expect((await session.send('POST', `${MANAGEMENT}/assignmentFilters`, filter)).json).toMatchObject({
      roleScopeTags: ['0'],
    });
  });

  it('asks for a reason where two admins have to approve', async () => {
    const approval = { displayName: 'Two admins', policyType: 'script', policyPlatform: 'notApplicable' };
    const script = `${MANAGEMENT}/deviceManagementScripts/${sampleId('deviceManagementScripts')}`;
    expect((await session.send('PATCH', script, { description: 'before' })).status).toBe(200);
    expect((await session.send('POST', `${MANAGEMENT}/operationApprovalPolicies`, approval)).status).toBe(201);
    const refused = await session.send('PATCH', script, { description: 'after' });
    expect([refused.status, sentenceOf(refused)]).toEqual([
      400,
      "Header 'x-msft-approval-justification' is required to request approval",
    ]);
    expect((await session.send('PATCH', `${MANAGEMENT}/roleScopeTags/1`, { description: 'free' })).status).toBe(200);
  });

  it('sets single properties by action: combinations of a strength, a new ADMX version', async () => {
    const strength = `/beta/identity/conditionalAccess/authenticationStrength/policies/${sampleId('authenticationStrengthPolicies')}`;
    const allowedCombinations = ['fido2', 'windowsHelloForBusiness'];
    expect((await session.send('POST', `${strength}/updateAllowedCombinations`, { allowedCombinations })).status).toBe(
      200,
    );
    expect(await session.read(strength)).toMatchObject({ allowedCombinations });
    const file = `${MANAGEMENT}/groupPolicyUploadedDefinitionFiles/${sampleId('groupPolicyUploadedDefinitionFiles')}`;
    expect((await session.send('POST', `${file}/uploadNewVersion`, { content: 'eA==' })).status).toBe(204);
    expect((await session.send('POST', `${file}/uploadNewVersion`, {})).status).toBe(400);
    expect((await session.send('DELETE', file)).status).toBe(405);
    expect((await session.send('POST', `${file}/remove`)).status).toBe(204);
    expect((await session.send('GET', file)).status).toBe(404);
  });
});
