import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
const KEY_ID_BYTES = 4;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const OVERHEAD = KEY_ID_BYTES + NONCE_BYTES + TAG_BYTES;

/** The sealed bytes cannot be opened: another key, another purpose, or damaged. It says nothing of the content. */
export class SealBroken extends Error {
  constructor(reason: string) {
    super(`A stored secret cannot be opened: ${reason}.`);
    this.name = 'SealBroken';
  }
}

/**
 * Seals secrets for the database with AES-256-GCM. Sealed bytes are: 4 bytes key id, 12 bytes nonce, 16 bytes tag, the
 * ciphertext. The key id is the beginning of the key's sha-256, so that keys can be changed: the first key seals, all
 * of them open.
 */
export class SecretBox {
  private readonly keys: ReadonlyMap<string, Buffer>;
  private readonly sealingKeyId: Buffer;
  private readonly sealingKey: Buffer;

  /** @param keys 32 bytes each, newest first */
  constructor(keys: readonly [Buffer, ...Buffer[]]) {
    if (keys.some((key) => key.length !== KEY_BYTES)) throw new Error(`A sealing key has ${KEY_BYTES} bytes.`);
    this.sealingKey = keys[0];
    this.sealingKeyId = keyIdOf(keys[0]);
    this.keys = new Map(keys.map((key) => [keyIdOf(key).toString('hex'), key]));
  }

  /** The first bytes of what is sealed with the newest key, and of nothing else. */
  get newestKeyId(): Buffer {
    return Buffer.from(this.sealingKeyId);
  }

  /** @param purpose what the secret belongs to; it opens only for the same one, so a row cannot be moved to another */
  seal(secret: string, purpose: string): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.sealingKey, nonce);
    cipher.setAAD(Buffer.from(purpose));
    const ciphertext = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
    return Buffer.concat([this.sealingKeyId, nonce, cipher.getAuthTag(), ciphertext]);
  }

  /** @throws SealBroken */
  open(sealed: Buffer, purpose: string): string {
    if (sealed.length < OVERHEAD) throw new SealBroken('it is too short');
    const key = this.keys.get(sealed.subarray(0, KEY_ID_BYTES).toString('hex'));
    if (key === undefined) throw new SealBroken('its encryption key is not configured');
    const nonce = sealed.subarray(KEY_ID_BYTES, KEY_ID_BYTES + NONCE_BYTES);
    const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(purpose));
    decipher.setAuthTag(sealed.subarray(KEY_ID_BYTES + NONCE_BYTES, OVERHEAD));
    try {
      return Buffer.concat([decipher.update(sealed.subarray(OVERHEAD)), decipher.final()]).toString('utf8');
    } catch {
      throw new SealBroken('it was changed or belongs to something else');
    }
  }
}

function keyIdOf(key: Buffer): Buffer {
  return createHash('sha256').update(key).digest().subarray(0, KEY_ID_BYTES);
}
