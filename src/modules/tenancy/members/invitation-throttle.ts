import { Inject, Injectable } from '@nestjs/common';
import type { RateLimiterPostgres } from 'rate-limiter-flexible';
import { DataSource } from 'typeorm';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { attemptLimiter, countAttempt, type AttemptLimit } from '../attempt-limiter.js';

export const INVITATION_LIMIT = Symbol('invitation-limit');

/** What one person may send; more is a script, or somebody who tries addresses out. */
export const DEFAULT_INVITATION_LIMIT: AttemptLimit = Object.freeze({ attempts: 50, windowSeconds: 60 * 60 });

/** Slows a person who adds people, whatever comes of each. */
@Injectable()
export class InvitationThrottle {
  private readonly limiter: RateLimiterPostgres;

  constructor(dataSource: DataSource, @Inject(INVITATION_LIMIT) limit: AttemptLimit) {
    this.limiter = attemptLimiter(dataSource, 'invitation', limit);
  }

  /** @throws TooManySent */
  count(userId: string): Promise<void> {
    return countAttempt(this.limiter, userId, (waitMs) => new TooManySent(waitMs));
  }
}

export class TooManySent extends DomainError {
  constructor(waitMs: number) {
    super('members.too_many_requests', 'too-many', 'You added many people in a short time; wait before you go on.', {
      headers: { 'Retry-After': String(Math.max(1, Math.ceil(waitMs / 1000))) },
    });
  }
}
