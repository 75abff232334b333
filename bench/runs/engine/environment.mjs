import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';

/** The root of the product, where its processes find what they need. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * The environment of a process of the product, as in production.
 * @param {import('../systems/system.mjs').Places} places
 * @returns {NodeJS.ProcessEnv}
 */
export function productEnvironment({ databaseUrl, redisUrl }) {
  return {
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    DATABASE_URL: databaseUrl,
    ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl }),
    SESSION_SECRET: randomBytes(32).toString('hex'),
    ENCRYPTION_KEY: randomBytes(32).toString('hex'),
    PUBLIC_URL: 'https://tenantatlas.example',
    LOG_LEVEL: 'error',
  };
}
