import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { DataSource } from 'typeorm';
import { poolOf } from '../../platform/http/postgres-pool.js';
import { TooManyAttempts } from './tenancy.errors.js';

/** Failed attempts that are allowed in a window of so many seconds. */
export interface AttemptLimit {
  attempts: number;
  windowSeconds: number;
}

export interface SignInLimits {
  /** One e-mail from one address. */
  perAccount: AttemptLimit;
  /** Any e-mail from one address. */
  perAddress: AttemptLimit;
}

export const SIGN_IN_LIMITS = Symbol('sign-in-limits');

export const DEFAULT_SIGN_IN_LIMITS: SignInLimits = Object.freeze({
  perAccount: { attempts: 5, windowSeconds: 15 * 60 },
  perAddress: { attempts: 50, windowSeconds: 15 * 60 },
});

/**
 * Slows guessing, counted in PostgreSQL for all processes together. An attempt is counted before the password is looked
 * at, so that attempts at the same moment cannot pass the limit; one that succeeds is taken back.
 */
@Injectable()
export class SignInThrottle {
  private readonly accounts: RateLimiterPostgres;
  private readonly addresses: RateLimiterPostgres;

  constructor(dataSource: DataSource, @Inject(SIGN_IN_LIMITS) limits: SignInLimits) {
    const limiter = (keyPrefix: string, limit: AttemptLimit): RateLimiterPostgres =>
      new RateLimiterPostgres({
        storeClient: poolOf(dataSource),
        storeType: 'pool',
        tableName: 'sign_in_attempts',
        tableCreated: true,
        keyPrefix,
        points: limit.attempts,
        duration: limit.windowSeconds,
      });
    this.accounts = limiter('account', limits.perAccount);
    this.addresses = limiter('address', limits.perAddress);
  }

  /** @throws TooManyAttempts */
  async count(email: string, address: string): Promise<void> {
    await consume(this.addresses, digest(address));
    await consume(this.accounts, accountKey(email, address));
  }

  async succeeded(email: string, address: string): Promise<void> {
    await this.addresses.reward(digest(address));
    await this.accounts.delete(accountKey(email, address));
  }

  /** Counts an attempt that names nobody yet. @throws TooManyAttempts */
  async countFrom(address: string): Promise<void> {
    await consume(this.addresses, digest(address));
  }

  async succeededFrom(address: string): Promise<void> {
    await this.addresses.reward(digest(address));
  }
}

async function consume(limiter: RateLimiterPostgres, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) throw new TooManyAttempts(refusal.msBeforeNext);
    throw refusal;
  }
}

function accountKey(email: string, address: string): string {
  return digest(`${email.toLowerCase()}\n${address}`);
}

/** Keys are digests: of bounded length, and the table does not list who signs in from where. */
function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
