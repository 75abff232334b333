import { Module } from '@nestjs/common';
import { CryptoModule } from './crypto.module.js';
import { Resealing } from './resealing.js';

/** For the processes that have the keys; the operator's tool has none. */
@Module({ imports: [CryptoModule], providers: [Resealing] })
export class ResealingModule {}
