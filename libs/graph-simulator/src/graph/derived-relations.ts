import type { CollectionSpec, Navigation } from './collections/collection-spec.js';
import { MODEL } from './model/graph-model.js';

/** Relations of derived types of device configuration profiles to other profiles, certificates most of all; lists end in `*`. */
const NAMES = [
  'identityCertificate',
  'identityCertificateForClientAuthentication',
  'networkAccessConfigurations*',
  'rootCertificate',
  'rootCertificateForClientValidation',
  'rootCertificateForServerValidation',
  'rootCertificatesForClientValidation*',
  'rootCertificatesForServerValidation*',
  'secondaryIdentityCertificateForClientAuthentication',
  'secondaryRootCertificateForClientValidation',
  'singleSignOnExtensionPkinitCertificate',
  'smimeEncryptionCertificate',
  'smimeSigningCertificate',
];

/** A path of their own behind a cast; the declared type does not have them, so that `$expand` without one is refused. */
export const PROFILE_RELATIONS: readonly Navigation[] = NAMES.map((name) => ({
  name: name.replace('*', ''),
  onList: 'refused',
  onItem: 'refused',
  ownPath: true,
  single: !name.endsWith('*'),
  derived: true,
  source: { kind: 'reference', collection: 'deviceConfigurations' },
}));

/** The relations of an object of a collection behind a cast to `type`, without `microsoft.graph.`; undefined: no cast. */
export function relationsAt({ navigation }: CollectionSpec, type: string | undefined): Navigation[] {
  return navigation.filter(
    ({ name, derived }) => derived !== true || (type !== undefined && MODEL.property(type, name) !== undefined),
  );
}
