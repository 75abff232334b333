import { graphTypes } from './define-type.js';
import type { ChildCollection, PolicyType } from './policy-type.js';

/** Types by the relations that they have; the relations of a type are those of the profiles it derives from, too. */
const ONE: Readonly<Record<string, readonly string[]>> = {
  identityCertificate: [
    'androidDeviceOwnerVpnConfiguration',
    'androidEasEmailProfileConfiguration',
    'androidForWorkGmailEasConfiguration',
    'androidForWorkNineWorkEasConfiguration',
    'androidForWorkVpnConfiguration',
    'androidVpnConfiguration',
    'androidWorkProfileGmailEasConfiguration',
    'androidWorkProfileNineWorkEasConfiguration',
    'androidWorkProfileVpnConfiguration',
    'iosEasEmailProfileConfiguration',
    'iosVpnConfiguration',
    'iosikEv2VpnConfiguration',
    'macOSVpnConfiguration',
    'windows10VpnConfiguration',
    'windowsPhone81VpnConfiguration',
  ],
  identityCertificateForClientAuthentication: [
    'androidDeviceOwnerEnterpriseWiFiConfiguration',
    'androidEnterpriseWiFiConfiguration',
    'androidForWorkEnterpriseWiFiConfiguration',
    'androidWorkProfileEnterpriseWiFiConfiguration',
    'aospDeviceOwnerEnterpriseWiFiConfiguration',
    'iosDeviceFeaturesConfiguration',
    'iosEnterpriseWiFiConfiguration',
    'iosWiredNetworkConfiguration',
    'macOSEnterpriseWiFiConfiguration',
    'macOSWiredNetworkConfiguration',
    'windowsWifiEnterpriseEAPConfiguration',
    'windowsWiredNetworkConfiguration',
  ],
  rootCertificate: [
    'androidDeviceOwnerImportedPFXCertificateProfile',
    'androidDeviceOwnerPkcsCertificateProfile',
    'androidDeviceOwnerScepCertificateProfile',
    'androidForWorkImportedPFXCertificateProfile',
    'androidForWorkPkcsCertificateProfile',
    'androidForWorkScepCertificateProfile',
    'androidImportedPFXCertificateProfile',
    'androidPkcsCertificateProfile',
    'androidScepCertificateProfile',
    'androidWorkProfilePkcsCertificateProfile',
    'androidWorkProfileScepCertificateProfile',
    'aospDeviceOwnerPkcsCertificateProfile',
    'aospDeviceOwnerScepCertificateProfile',
    'iosScepCertificateProfile',
    'macOSScepCertificateProfile',
    'windows81SCEPCertificateProfile',
    'windowsPhone81SCEPCertificateProfile',
  ],
  rootCertificateForClientValidation: ['windowsWifiEnterpriseEAPConfiguration', 'windowsWiredNetworkConfiguration'],
  rootCertificateForServerValidation: [
    'androidDeviceOwnerEnterpriseWiFiConfiguration',
    'androidEnterpriseWiFiConfiguration',
    'androidForWorkEnterpriseWiFiConfiguration',
    'androidWorkProfileEnterpriseWiFiConfiguration',
    'aospDeviceOwnerEnterpriseWiFiConfiguration',
    'iosWiredNetworkConfiguration',
    'macOSEnterpriseWiFiConfiguration',
    'macOSWiredNetworkConfiguration',
  ],
  secondaryIdentityCertificateForClientAuthentication: ['windowsWiredNetworkConfiguration'],
  secondaryRootCertificateForClientValidation: ['windowsWiredNetworkConfiguration'],
  singleSignOnExtensionPkinitCertificate: ['iosDeviceFeaturesConfiguration', 'macOSDeviceFeaturesConfiguration'],
  smimeEncryptionCertificate: ['iosEasEmailProfileConfiguration'],
  smimeSigningCertificate: ['androidEasEmailProfileConfiguration', 'iosEasEmailProfileConfiguration'],
};
const MANY: Readonly<Record<string, readonly string[]>> = {
  networkAccessConfigurations: ['windowsDomainJoinConfiguration'],
  rootCertificatesForClientValidation: ['windowsZtdnsConfiguration'],
  rootCertificatesForServerValidation: [
    'androidDeviceOwnerEnterpriseWiFiConfiguration',
    'iosEnterpriseWiFiConfiguration',
    'macOSEnterpriseWiFiConfiguration',
    'windowsWifiEnterpriseEAPConfiguration',
    'windowsWiredNetworkConfiguration',
    'windowsZtdnsConfiguration',
  ],
};

/**
 * The profiles that device configuration profiles lean on, certificates most of all. No list or item tells them, and no
 * `$expand` of the declared type brings what derived types have: each relation is a path of its own behind a cast (Graph
 * beta reference, "Get windows81TrustedRootCertificate"; IntuneManagement follows the same links).
 */
export const PROFILE_RELATIONS: readonly ChildCollection[] = [...relations('one', ONE), ...relations('many', MANY)];

/** Graph takes them as references of their own, never with the profile's body. */
export const PROFILE_RELATION_NAMES: readonly string[] = PROFILE_RELATIONS.map(({ name }) => name);

/** All of them lead to device configuration profiles. */
export const PROFILE_REFERENCES: NonNullable<PolicyType['references']> = PROFILE_RELATION_NAMES.map((name) => ({
  path: `${name}[]`,
  to: 'deviceConfiguration',
}));

function relations(
  relation: 'one' | 'many',
  types: Readonly<Record<string, readonly string[]>>,
): readonly ChildCollection[] {
  return Object.entries(types).map(([name, having]) => ({
    name,
    path: name,
    query: { $select: 'id' },
    relation,
    odataTypes: graphTypes(...having),
  }));
}
