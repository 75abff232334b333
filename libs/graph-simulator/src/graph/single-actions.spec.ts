import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sampleId, SampleSession, sentenceOf } from '../../testing/sample-session.js';
import { SAMPLE_GROUPS } from '../../testing/samples/samples.js';
import { textOf } from '../store/graph-body.js';
import { stableGuid } from '../store/stable-id.js';

const MANAGEMENT = '/beta/deviceManagement';
const GROUP = SAMPLE_GROUPS[0]?.id ?? '';

describe('actions of single types', () => {
  let session: SampleSession;

  beforeEach(async () => {
    session = await SampleSession.start();
  });
  afterEach(() => session.simulator.close());

  it('approve, decline and suspend drivers, and read the inventory anew', async () => {
    const profile = `${MANAGEMENT}/windowsDriverUpdateProfiles/${sampleId('windowsDriverUpdateProfiles')}`;
    const driver = stableGuid('sample driver');
    const act = (actionName: string) =>
      session.send('POST', `${profile}/executeAction`, {
        actionName,
        driverIds: [driver, 'none'],
        deploymentDate: '2026-12-01T00:00:00Z',
      });
    expect(await act('decline')).toMatchObject({
      status: 200,
      json: { successfulDriverIds: [driver], failedDriverIds: [], notFoundDriverIds: ['none'] },
    });
    expect(await session.list(`${profile}/driverInventories`)).toMatchObject([
      { id: driver, approvalStatus: 'declined', deployDateTime: '2026-12-01T00:00:00Z' },
    ]);
    expect(sentenceOf(await act('reject'))).toBe("Requested value 'reject' was not found.");
    expect((await session.send('POST', `${profile}/syncInventory`)).status).toBe(204);
    expect(await session.read(profile)).toMatchObject({
      inventorySyncStatus: { driverInventorySyncState: 'success', lastSuccessfulSyncDateTime: expect.any(String) },
    });
  });

  it('copy policies without their assignments, and put them in order', async () => {
    const policies = `${MANAGEMENT}/configurationPolicies`;
    const original = `${policies}/${sampleId('configurationPolicies')}`;
    const copied = await session.send('POST', `${original}/createCopy`, { displayName: 'The copy', description: 'x' });
    const { name, description, settingCount, isAssigned } = copied.json;
    const before = await session.read(original);
    expect([copied.status, name, description, settingCount, isAssigned]).toEqual([
      200,
      'The copy',
      'x',
      before.settingCount,
      false,
    ]);
    const copy = `${policies}/${String(copied.json.id)}`;
    expect(await session.list(`${copy}/settings`)).toEqual(await session.list(`${original}/settings`));
    expect(await session.list(`${original}/assignments`)).toHaveLength(2);
    expect((await session.send('POST', `${copy}/reorder`, { priority: 3 })).status).toBe(204);
    expect(await session.read(copy)).toMatchObject({ priorityMetaData: { priority: 3 } });
    expect((await session.send('POST', `${copy}/reorder`, { priority: 0 })).status).toBe(400);
    const clone = await session.send(
      'POST',
      `${MANAGEMENT}/reusablePolicySettings/${sampleId('reusablePolicySettings')}/clone`,
    );
    expect(clone).toMatchObject({ status: 200, json: { version: 1 } });
  });

  it('take assignments in their older form', async () => {
    const script = `${MANAGEMENT}/deviceManagementScripts/${sampleId('deviceManagementScripts')}`;
    const old = { deviceManagementScriptGroupAssignments: [{ targetGroupId: GROUP }] };
    expect((await session.send('POST', `${script}/assign`, old)).status).toBe(200);
    const profile = `${MANAGEMENT}/deviceConfigurations/${sampleId('deviceConfigurations')}`;
    const excluded = { deviceConfigurationGroupAssignments: [{ targetGroupId: GROUP, excludeGroup: true }] };
    expect((await session.send('POST', `${profile}/assign`, excluded)).status).toBe(200);
    expect(await session.list(`${script}/assignments`)).toMatchObject([
      { target: { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId: GROUP } },
    ]);
    expect(await session.list(`${profile}/assignments`)).toMatchObject([
      { target: { '@odata.type': '#microsoft.graph.exclusionGroupAssignmentTarget', groupId: GROUP } },
    ]);
  });

  it('bind a profile to the certificate that it leans on, when it is made or changed', async () => {
    const profiles = `${MANAGEMENT}/deviceConfigurations`;
    const type = 'microsoft.graph.windows81SCEPCertificateProfile';
    const made = async (displayName: string, more: object) => {
      const body = { '@odata.type': `#${type}`, displayName, ...more };
      return `${profiles}/${String((await session.send('POST', profiles, body)).json.id)}`;
    };
    const root = await made('Root', {
      '@odata.type': '#microsoft.graph.windows81TrustedRootCertificate',
      certFileName: 'root.cer',
    });
    const bind = { 'rootCertificate@odata.bind': `https://graph.microsoft.com${root}` };
    const bound = await made('Bound', bind);
    const later = await made('Bound later', {});
    expect((await session.send('GET', `${later}/${type}/rootCertificate`)).status).toBe(404);
    expect((await session.send('PATCH', later, { '@odata.type': `#${type}`, ...bind })).status).toBe(204);
    for (const profile of [bound, later])
      expect(await session.read(`${profile}/${type}/rootCertificate`)).toMatchObject({ displayName: 'Root' });
  });

  it('mint and revoke enrollment tokens, and set settings of an app configuration', async () => {
    const profile = `${MANAGEMENT}/androidDeviceOwnerEnrollmentProfiles/${sampleId('androidDeviceOwnerEnrollmentProfiles')}`;
    expect((await session.send('POST', `${profile}/createToken`, { tokenValidityInSeconds: 3600 })).status).toBe(204);
    const minted = await session.read(profile);
    expect(minted.tokenValue).toMatch(/^[A-Z]{20}$/);
    expect(minted.qrCodeContent).toContain(textOf(minted, 'tokenValue'));
    const timeOf = (name: string) => Date.parse(textOf(minted, name) ?? '');
    const life = timeOf('tokenExpirationDateTime') - timeOf('tokenCreationDateTime');
    expect(life).toBe(3_600_000);
    expect((await session.send('POST', `${profile}/revokeToken`)).status).toBe(204);
    expect(await session.read(profile)).toMatchObject({ tokenValue: '', qrCodeContent: null });
    const file = `${MANAGEMENT}/groupPolicyUploadedDefinitionFiles/${sampleId('groupPolicyUploadedDefinitionFiles')}`;
    const languages = {
      groupPolicyUploadedLanguageFiles: [{ fileName: 'x.adml', languageCode: 'de-DE', content: 'eA==' }],
    };
    expect((await session.send('POST', `${file}/addLanguageFiles`, languages)).status).toBe(204);
    expect(await session.read(file)).toMatchObject({ groupPolicyUploadedLanguageFiles: [] });
    const app = `/beta/deviceAppManagement/targetedManagedAppConfigurations/A_${sampleId('targetedManagedAppConfigurations')}`;
    expect((await session.send('POST', `${app}/changeSettings`, { settings: [] })).status).toBe(204);
    expect(await session.list(`${app}/settings`)).toEqual([]);
  });
});
