import type { GeneratedObject } from './generated-object.js';
import type { TenantDraft } from './tenant-draft.js';

/** What profiles of a type lean on: by relation, the type of the profiles at its other end, and how many they are where they are a list. */
const RELATIONS: Readonly<Record<string, readonly { name: string; to: string; count?: number }[]>> = {
  windows81SCEPCertificateProfile: [{ name: 'rootCertificate', to: 'windows81TrustedRootCertificate' }],
  windowsWifiEnterpriseEAPConfiguration: [
    { name: 'rootCertificatesForServerValidation', to: 'windows81TrustedRootCertificate', count: 2 },
    { name: 'identityCertificateForClientAuthentication', to: 'windows81SCEPCertificateProfile' },
  ],
  windows10VpnConfiguration: [{ name: 'identityCertificate', to: 'windows81SCEPCertificateProfile' }],
};

/** Wi-Fi, VPN and SCEP profiles name the certificate profiles that they lean on, as far as the tenant has such. */
export function addProfileRelations(tenant: TenantDraft): void {
  const profiles = tenant.of('deviceConfigurations');
  const ofType = (type: string): GeneratedObject[] =>
    profiles.filter(({ object }) => object['@odata.type'] === `#microsoft.graph.${type}`);
  for (const [type, relations] of Object.entries(RELATIONS)) {
    for (const [at, profile] of ofType(type).entries()) {
      for (const { name, to, count } of relations) {
        const others = ofType(to);
        const chosen = Array.from({ length: Math.min(count ?? 1, others.length) }, (_, nth) => ({
          id: others[(at + nth) % others.length]?.object.id ?? null,
        }));
        if (count !== undefined) profile.children[name] = chosen;
        else profile.object[name] = chosen[0] ?? null;
      }
    }
  }
}
