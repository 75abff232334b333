import { Global, Module } from '@nestjs/common';
import { AccessChanges } from './access-changes.js';
import { LiveListener } from './live-listener.js';
import { LiveSignals } from './live-signals.js';

@Global()
@Module({
  providers: [AccessChanges, LiveListener, LiveSignals],
  exports: [AccessChanges, LiveListener, LiveSignals],
})
export class LiveModule {}
