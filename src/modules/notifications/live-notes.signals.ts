import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { FactBus } from '../../platform/facts/fact-bus.js';
import { LiveSignals } from '../../platform/live/live-signals.js';
import { RUN_COMPLETED, RUN_QUEUED, type RunFact } from '../operations/operations.facts.js';

/** Words `<tenant id> <user id>`: this user has another note of this tenant. */
export const NOTE_CHANGED_CHANNEL = 'note_changed';

/** Tells every process whose notes changed, after they were committed with the facts that they tell of. */
@Injectable()
export class LiveNotesSignals implements OnModuleInit {
  constructor(
    private readonly facts: FactBus,
    private readonly database: Database,
    private readonly signals: LiveSignals,
  ) {}

  onModuleInit(): void {
    this.facts.subscribe(RUN_QUEUED, (facts) => this.afterCommit(facts));
    this.facts.subscribe(RUN_COMPLETED, (facts) => this.afterCommit(facts));
  }

  private afterCommit(facts: readonly RunFact[]): Promise<void> {
    return this.database.afterCommit(() => {
      for (const { tenantId, userId } of facts) {
        if (userId !== null) this.signals.send(NOTE_CHANGED_CHANNEL, `${tenantId} ${userId}`);
      }
      return Promise.resolve();
    });
  }
}
