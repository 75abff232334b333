import argon2 from 'argon2';

/** Argon2id with OWASP's second choice of cost (Password Storage Cheat Sheet): 19 MiB, two passes, one lane. */
const COST = { type: argon2.argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** A hash of nobody's password with the same cost, so that an unknown e-mail takes as long as a wrong password. */
const NOBODY = argon2.hash('nobody', COST);

export function hashPassword(password: string): Promise<string> {
  return argon2.hash(password, COST);
}

/** Whether the password is the one of `hash`. Without a hash the work is the same and the answer is no. */
export async function passwordMatches(hash: string | null | undefined, password: string): Promise<boolean> {
  const matches = await argon2.verify(hash ?? (await NOBODY), password);
  return matches && hash !== null && hash !== undefined;
}
