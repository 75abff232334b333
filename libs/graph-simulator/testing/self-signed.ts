import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

export interface SelfSigned {
  /** PEM texts. */
  key: string;
  cert: string;
  /** Lower-case hexadecimal. */
  sha1: string;
  sha256: string;
}

export interface SelfSignedOptions {
  name?: string;
  validFrom?: Date;
  validTo?: Date;
}

/**
 * A certificate with its RSA key, made for one test: Node reads X.509 and does not write it, and a key in the repository
 * would be one. Good for TLS on `localhost` and 127.0.0.1 as its own authority, and for client assertions.
 */
export function selfSigned({ name = 'localhost', validFrom, validTo }: SelfSignedOptions = {}): SelfSigned {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const day = 24 * 3600 * 1000;
  const from = validFrom ?? new Date(Date.now() - day);
  const to = validTo ?? new Date(Date.now() + 30 * day);
  const der = certificate(name, publicKey, privateKey, from, to);
  const digest = (algorithm: string) => createHash(algorithm).update(der).digest('hex');
  return {
    key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    cert: `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replaceAll(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
    sha1: digest('sha1'),
    sha256: digest('sha256'),
  };
}

const SHA256_WITH_RSA = sequence(object(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b), der(0x05));

function certificate(name: string, publicKey: KeyObject, privateKey: KeyObject, from: Date, to: Date): Buffer {
  const commonName = sequence(object(0x55, 0x04, 0x03), der(0x0c, Buffer.from(name)));
  const distinguished = sequence(der(0x31, commonName));
  // subjectAltName: DNS localhost, IP 127.0.0.1.
  const names = sequence(der(0x82, Buffer.from('localhost')), der(0x87, Buffer.from([127, 0, 0, 1])));
  const alternative = sequence(object(0x55, 0x1d, 0x11), der(0x04, names));
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    SHA256_WITH_RSA,
    distinguished,
    sequence(time(from), time(to)),
    distinguished,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(alternative)),
  );
  return sequence(body, SHA256_WITH_RSA, der(0x03, Buffer.from([0]), sign('sha256', body, privateKey)));
}

/** A DER value: tag, length, contents. */
function der(tag: number, ...contents: Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  const bytes = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...bytes]), content]);
}

function sequence(...contents: Buffer[]): Buffer {
  return der(0x30, ...contents);
}

function object(...bytes: number[]): Buffer {
  return der(0x06, Buffer.from(bytes));
}

/** UTCTime: the years 1950 to 2049. */
function time(date: Date): Buffer {
  return der(0x17, Buffer.from(`${date.toISOString().replaceAll(/\D/g, '').slice(2, 14)}Z`));
}
