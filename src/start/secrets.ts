import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { readKept, writeKept } from './kept-file.js';

export interface Secrets {
  sessionSecret: string;
  /** 32 bytes in base64. */
  encryptionKey: string;
}

/** The secrets of this data directory, made once: without the same key, what is sealed in the database stays shut. */
export async function keptSecrets(dataDir: string): Promise<Secrets> {
  const file = path.join(dataDir, 'secrets.json');
  const kept = await readKept(file, isSecrets);
  if (kept !== undefined) return kept;
  const made: Secrets = {
    sessionSecret: randomBytes(32).toString('base64url'),
    encryptionKey: randomBytes(32).toString('base64'),
  };
  await writeKept(file, made);
  return made;
}

function isSecrets(value: unknown): value is Secrets {
  const { sessionSecret, encryptionKey } = (value ?? {}) as Partial<Secrets>;
  return typeof sessionSecret === 'string' && typeof encryptionKey === 'string';
}
