import { createHash } from 'node:crypto';

/** The digest that a random token is kept as; a plain one is enough: there is nothing to guess in 32 random bytes. */
export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
