import { describe, expect, it } from '@jest/globals';
import type { BatchReply, GraphObject } from '#libs/graph-client/src/graph-client.js';
import { BatchedGraph, failing, read, typed, type Answer } from '../../../../test/support/batched-graph.js';
import { judge, type JudgedObject, type ListedObject } from './object-reading.js';
import { referencesOf } from '../policy/policy-references.js';

const WIFI = '#microsoft.graph.windowsWifiEnterpriseEAPConfiguration';
const PATH = '/beta/deviceManagement/deviceConfigurations/p0/microsoft.graph.windowsWifiEnterpriseEAPConfiguration';
const profile = (odataType: string): ListedObject => ({
  externalId: 'p0',
  type: typed('deviceConfiguration'),
  object: { '@odata.type': odataType, id: 'p0', displayName: 'Corporate Wi-Fi', assignments: [] },
});
const ok = (body: GraphObject): BatchReply => ({ ok: true, body });

const certificates: Answer = ({ path }) => {
  if (path.endsWith('/rootCertificatesForServerValidation')) return ok({ value: [{ id: 'root-2' }, { id: 'root-1' }] });
  if (path.endsWith('/identityCertificateForClientAuthentication')) return ok({ id: 'scep' });
  return failing('graph.not_found');
};

async function judged(answer: Answer, odataType = WIFI): Promise<{ graph: BatchedGraph; object: JudgedObject }> {
  const graph = new BatchedGraph(answer);
  const [reading] = await read(graph, [profile(odataType)]);
  if (!reading) throw new Error('Nothing was read.');
  return { graph, object: judge(reading) };
}

describe('relations of profiles', () => {
  it('are read in one batch, each once, behind the cast to the type', async () => {
    const { graph } = await judged(certificates);
    expect(graph.batches).toHaveLength(1);
    expect(graph.batches[0]?.sort()).toEqual(
      [
        'identityCertificateForClientAuthentication',
        'rootCertificateForClientValidation',
        'rootCertificatesForServerValidation',
      ].map((name) => `${PATH}/${name}`),
    );
  });

  it('become what the profile refers to, and part of what is compared', async () => {
    const { object } = await judged(certificates);
    if (!object.policy) throw new Error('The profile was not read whole.');
    const references = referencesOf(object.type, object.policy).map(({ toType, toExternalId, via }) => [
      toType,
      toExternalId,
      via,
    ]);
    expect(references).toEqual([
      ['deviceConfiguration', 'scep', 'identityCertificateForClientAuthentication[]'],
      ['deviceConfiguration', 'root-2', 'rootCertificatesForServerValidation[]'],
      ['deviceConfiguration', 'root-1', 'rootCertificatesForServerValidation[]'],
    ]);
    const other = await judged((request, times) =>
      request.path.endsWith('/identityCertificateForClientAuthentication')
        ? ok({ id: 'another' })
        : certificates(request, times),
    );
    expect(other.object.policy?.hashes.contentHash).not.toBe(object.policy.hashes.contentHash);
    const turned = await judged((request, times) =>
      request.path.endsWith('/rootCertificatesForServerValidation')
        ? ok({ value: [{ id: 'root-1' }, { id: 'root-2' }] })
        : certificates(request, times),
    );
    expect(turned.object.policy?.hashes).toEqual(object.policy.hashes);
    expect(object.completeness).toMatchObject({ complete: true, settingsStored: 0 });
  });

  it.each([
    ['is refused', failing('graph.forbidden'), false],
    ['is throttled to the end', failing('graph.throttled'), false],
    ['is no policy', ok({ name: 'x' }), false],
    ['leads nowhere', failing('graph.not_found'), true],
    ['is empty', ok({}), true],
  ])('count as read only where the answer says it: a relation that %s', async (_, reply, complete) => {
    const { object } = await judged((request, times) =>
      request.path.endsWith('/identityCertificateForClientAuthentication') ? reply : certificates(request, times),
    );
    expect(object.completeness.complete).toBe(complete);
  });

  it('cost profiles of other types nothing', async () => {
    const { graph, object } = await judged(certificates, '#microsoft.graph.windows10GeneralConfiguration');
    expect(graph.batches).toEqual([]);
    expect(object.completeness.complete).toBe(true);
  });
});
