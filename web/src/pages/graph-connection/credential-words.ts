import type { CredentialKind } from '../../api/graph-connection';

export const CREDENTIAL_WORDS: Record<CredentialKind, string> = {
  secret: 'Client secret',
  certificate: 'Certificate',
};
