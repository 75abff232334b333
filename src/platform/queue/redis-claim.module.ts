import { Module } from '@nestjs/common';
import { RedisClaim } from './redis-claim.js';

/** For the processes that serve; the operator's tool only looks. */
@Module({ providers: [RedisClaim] })
export class RedisClaimModule {}
