import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import type { ClientCertificate } from '#libs/graph-client/src/token-source.js';

/** What may be shown of a certificate. */
export interface CertificateFacts {
  /** SHA-1 in upper-case hexadecimal: what the app registration in Entra ID shows. */
  thumbprint: string;
  expiresAt: Date;
}

/** A certificate or its key cannot be used; `message` says what the field has to be and shows nothing of it. */
export class CertificateFault extends Error {
  constructor(
    readonly part: 'certificatePem' | 'privateKeyPem',
    message: string,
  ) {
    super(message);
    this.name = 'CertificateFault';
  }
}

/** Entra ID takes RSA keys of this size or more. */
const LEAST_BITS = 2048;

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/;
const PRIVATE_KEY =
  /-----BEGIN (?:RSA |ENCRYPTED )?PRIVATE KEY-----[\s\S]*?-----END (?:RSA |ENCRYPTED )?PRIVATE KEY-----/;

/** @throws CertificateFault when the two are not a pair that Entra ID could take */
export function certificateFacts({ certificatePem, privateKeyPem }: ClientCertificate): CertificateFacts {
  const certificate = readCertificate(certificatePem);
  const key = readKey(privateKeyPem);
  if (key.asymmetricKeyType !== 'rsa' || (key.asymmetricKeyDetails?.modulusLength ?? 0) < LEAST_BITS) {
    throw new CertificateFault('privateKeyPem', `must be an RSA key of at least ${LEAST_BITS} bits`);
  }
  if (!certificate.checkPrivateKey(key)) {
    throw new CertificateFault('privateKeyPem', 'is not the key of this certificate');
  }
  return { thumbprint: certificate.fingerprint.replaceAll(':', ''), expiresAt: new Date(certificate.validTo) };
}

/**
 * The certificate and the key of one text that holds both, in any order; `\n` may stand for a line break, as environments
 * often have it.
 * @throws CertificateFault
 */
export function certificateOfBundle(bundle: string): ClientCertificate {
  const text = bundle.replaceAll('\\n', '\n');
  const certificatePem = CERTIFICATE.exec(text)?.[0];
  const privateKeyPem = PRIVATE_KEY.exec(text)?.[0];
  if (certificatePem === undefined) throw new CertificateFault('certificatePem', 'must be a PEM certificate');
  if (privateKeyPem === undefined) throw new CertificateFault('privateKeyPem', 'must be a PEM private key');
  return { certificatePem, privateKeyPem };
}

function readCertificate(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw new CertificateFault('certificatePem', 'must be a PEM certificate');
  }
}

function readKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    throw new CertificateFault('privateKeyPem', 'must be a PEM private key without a passphrase');
  }
}
