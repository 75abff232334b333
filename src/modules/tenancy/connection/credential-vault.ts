import { Inject, Injectable } from '@nestjs/common';
import type { ClientCertificate, ClientCredential } from '#libs/graph-client/src/token-source.js';
import { SETTINGS, type Settings } from '../../../platform/config/settings.js';
import { SealBroken, SecretBox } from '../../../platform/crypto/secret-box.js';
import type { GraphConnectionRow } from '../data/graph-connection.repository.js';
import { graphSecretPurpose } from '../graph-secret.js';
import { CredentialUnusable } from '../tenancy.errors.js';
import { certificateFacts, CertificateFault, certificateOfBundle } from './certificate.js';

/** Seals the credential of a tenant's connection, and finds it again: in the row, or in the environment. */
@Injectable()
export class CredentialVault {
  constructor(
    private readonly box: SecretBox,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  seal(tenantId: string, credential: ClientCredential): Buffer {
    const text = credential.clientSecret ?? JSON.stringify(credential.certificate);
    return this.box.seal(text, graphSecretPurpose(tenantId));
  }

  /**
   * The credential in the clear: keep it in memory, log none of it.
   * @throws CredentialUnusable
   */
  open(
    tenantId: string,
    row: Pick<GraphConnectionRow, 'kind' | 'sealedSecret' | 'environmentVariable'>,
  ): ClientCredential {
    if (row.environmentVariable !== null) return this.ofEnvironment(row.kind, row.environmentVariable);
    const text = this.opened(tenantId, row.sealedSecret);
    if (row.kind === 'secret') return { clientSecret: text };
    return { certificate: certificateOf(text) };
  }

  /**
   * What an environment variable of this installation holds.
   * @throws CredentialUnusable when it is not set, or is no certificate where one is meant
   */
  ofEnvironment(kind: GraphConnectionRow['kind'], variable: string): ClientCredential {
    const text = this.settings.graphCredentials?.[variable];
    if (text === undefined) throw new CredentialUnusable('environment_missing');
    if (kind === 'secret') return { clientSecret: text.trim() };
    try {
      const certificate = certificateOfBundle(text);
      certificateFacts(certificate);
      return { certificate };
    } catch (error) {
      if (error instanceof CertificateFault) throw new CredentialUnusable('credential_unreadable');
      throw error;
    }
  }

  private opened(tenantId: string, sealed: Buffer | null): string {
    try {
      return this.box.open(sealed ?? Buffer.alloc(0), graphSecretPurpose(tenantId));
    } catch (error) {
      if (error instanceof SealBroken) throw new CredentialUnusable('credential_unreadable');
      throw error;
    }
  }
}

/** What was sealed of a certificate. A fault of parsing would quote it, so it is told in words of our own. */
function certificateOf(text: string): ClientCertificate {
  try {
    return JSON.parse(text) as ClientCertificate;
  } catch {
    throw new CredentialUnusable('credential_unreadable');
  }
}
