import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { selfSigned } from '#libs/graph-client/testing/self-signed.js';
import { certificateFacts, CertificateFault, certificateOfBundle } from './certificate.js';

const END = Date.UTC(2099, 4, 6, 7, 8, 9);
const PAIR = selfSigned({ from: 0, to: END });

function partOf(work: () => unknown): string | undefined {
  try {
    work();
  } catch (error) {
    if (error instanceof CertificateFault) return error.part;
    throw error;
  }
  return undefined;
}

describe('a certificate with its key', () => {
  it('shows its thumbprint and its end', () => {
    const { thumbprint, expiresAt } = certificateFacts(PAIR);
    expect(thumbprint).toMatch(/^[0-9A-F]{40}$/);
    expect(expiresAt.getTime()).toBe(END);
  });

  it('is refused when it is none, or the key is not its own, too short, locked, or of another kind', () => {
    const other = selfSigned({ from: 0, to: END });
    const short = selfSigned({ from: 0, to: END }, 1024);
    const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
      type: 'pkcs8',
      format: 'pem',
    });
    const locked = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' },
    }).privateKey;
    expect(partOf(() => certificateFacts({ ...PAIR, certificatePem: 'text' }))).toBe('certificatePem');
    for (const privateKeyPem of ['text', other.privateKeyPem, String(curve), locked]) {
      expect(partOf(() => certificateFacts({ ...PAIR, privateKeyPem }))).toBe('privateKeyPem');
    }
    expect(partOf(() => certificateFacts(short))).toBe('privateKeyPem');
  });

  it('is found in one text, in any order and with escaped line breaks', () => {
    const { certificatePem, privateKeyPem } = PAIR;
    for (const text of [`${certificatePem}${privateKeyPem}`, `${privateKeyPem}\n${certificatePem}`]) {
      expect(certificateFacts(certificateOfBundle(text))).toEqual(certificateFacts(PAIR));
      expect(certificateFacts(certificateOfBundle(text.replaceAll('\n', '\\n')))).toEqual(certificateFacts(PAIR));
    }
    expect(partOf(() => certificateOfBundle(privateKeyPem))).toBe('certificatePem');
    expect(partOf(() => certificateOfBundle(certificatePem))).toBe('privateKeyPem');
  });
});
