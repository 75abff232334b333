import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { RateLimiterPostgres } from 'rate-limiter-flexible';
import { DataSource } from 'typeorm';
import { clientNetwork } from '../../platform/context/client-network.js';
import { attemptLimiter, countAttempt, type AttemptLimit } from './attempt-limiter.js';
import { TooManyAttempts } from './tenancy.errors.js';

/** Failed attempts that are allowed. */
export interface SignInLimits {
  /** One e-mail from one address, or one network of IPv6. */
  perAccount: AttemptLimit;
  /** Any e-mail from one address, or one network of IPv6. */
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
    this.accounts = attemptLimiter(dataSource, 'account', limits.perAccount);
    this.addresses = attemptLimiter(dataSource, 'address', limits.perAddress);
  }

  /** @throws TooManyAttempts */
  async count(email: string, address: string): Promise<void> {
    await consume(this.addresses, addressKey(address));
    await consume(this.accounts, accountKey(email, address));
  }

  async succeeded(email: string, address: string): Promise<void> {
    await this.addresses.reward(addressKey(address));
    await this.accounts.delete(accountKey(email, address));
  }

  /** Counts an attempt that names nobody yet. @throws TooManyAttempts */
  async countFrom(address: string): Promise<void> {
    await consume(this.addresses, addressKey(address));
  }

  async succeededFrom(address: string): Promise<void> {
    await this.addresses.reward(addressKey(address));
  }
}

function consume(limiter: RateLimiterPostgres, key: string): Promise<void> {
  return countAttempt(limiter, key, (waitMs) => new TooManyAttempts(waitMs));
}

function accountKey(email: string, address: string): string {
  return digest(`${email.toLowerCase()}\n${clientNetwork(address)}`);
}

function addressKey(address: string): string {
  return digest(clientNetwork(address));
}

/** Keys are digests: of bounded length, and the table does not list who signs in from where. */
function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
