import type { ClientCredential } from '#libs/graph-client/src/token-source.js';
import type { CredentialKind } from '../data/graph-connection.repository.js';
import { CredentialUnusable, InvalidConnection } from '../tenancy.errors.js';
import { certificateFacts, CertificateFault, type CertificateFacts } from './certificate.js';
import type { CredentialVault } from './credential-vault.js';

/** What an owner gives; the fields of the other kind and place must be left out. */
export interface GivenConnection {
  clientId: string;
  kind: CredentialKind;
  secret?: string | undefined;
  certificatePem?: string | undefined;
  privateKeyPem?: string | undefined;
  environmentVariable?: string | undefined;
}

export interface CheckedConnection {
  credential: ClientCredential;
  environmentVariable: string | null;
  certificate: CertificateFacts | null;
}

/**
 * The credential that was given, with what may be shown of it.
 * @throws InvalidConnection that names the field and shows nothing of it
 */
export function checkConnection(given: GivenConnection, vault: CredentialVault, now: Date): CheckedConnection {
  const environmentVariable = given.environmentVariable ?? null;
  const credential = environmentVariable === null ? typed(given) : referred(given, environmentVariable, vault);
  if (credential.certificate === undefined) return { credential, environmentVariable, certificate: null };
  const certificate = factsOf(credential.certificate, environmentVariable);
  if (certificate.expiresAt <= now) {
    const field = environmentVariable === null ? 'certificatePem' : 'environmentVariable';
    throw new InvalidConnection(field, `expired at ${certificate.expiresAt.toISOString()}`);
  }
  return { credential, environmentVariable, certificate };
}

function typed({ kind, secret, certificatePem, privateKeyPem }: GivenConnection): ClientCredential {
  if (kind === 'secret') {
    refuse({ certificatePem, privateKeyPem }, 'is not for a secret');
    if (secret === undefined) throw new InvalidConnection('secret', 'is needed, or environmentVariable');
    return { clientSecret: secret };
  }
  refuse({ secret }, 'is not for a certificate');
  if (certificatePem === undefined) throw new InvalidConnection('certificatePem', 'is needed, or environmentVariable');
  if (privateKeyPem === undefined) throw new InvalidConnection('privateKeyPem', 'is needed with a certificate');
  return { certificate: { certificatePem, privateKeyPem } };
}

function referred(given: GivenConnection, variable: string, vault: CredentialVault): ClientCredential {
  const { kind, secret, certificatePem, privateKeyPem } = given;
  refuse({ secret, certificatePem, privateKeyPem }, 'is not for a credential of the environment');
  try {
    return vault.ofEnvironment(kind, variable);
  } catch (error) {
    if (!(error instanceof CredentialUnusable)) throw error;
    throw new InvalidConnection(
      'environmentVariable',
      error.verdict === 'environment_missing'
        ? 'is not set in this installation'
        : 'must hold a PEM certificate and its RSA key without a passphrase',
    );
  }
}

function factsOf(
  certificate: { certificatePem: string; privateKeyPem: string },
  variable: string | null,
): CertificateFacts {
  try {
    return certificateFacts(certificate);
  } catch (error) {
    if (!(error instanceof CertificateFault)) throw error;
    throw new InvalidConnection(variable === null ? error.part : 'environmentVariable', error.message);
  }
}

function refuse(fields: Record<string, string | undefined>, message: string): void {
  const [field] = Object.entries(fields).find(([, value]) => value !== undefined) ?? [];
  if (field !== undefined) throw new InvalidConnection(field, message);
}
