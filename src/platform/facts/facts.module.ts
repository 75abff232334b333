import { Global, Module } from '@nestjs/common';
import { FactBus } from './fact-bus.js';

@Global()
@Module({ providers: [FactBus], exports: [FactBus] })
export class FactsModule {}
