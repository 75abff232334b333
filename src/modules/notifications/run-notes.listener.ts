import { Injectable, type OnModuleInit } from '@nestjs/common';
import { FactBus } from '../../platform/facts/fact-bus.js';
import { RUN_COMPLETED, RUN_QUEUED, type RunCompletedFact, type RunFact } from '../operations/operations.facts.js';
import { NotificationsRepository } from './data/notifications.repository.js';
import { queuedWords, terminalWords } from './notification-words.js';

/** Writes the initiator's notes in the transaction of the fact they tell of; runs of the system tell nobody. */
@Injectable()
export class RunNotesListener implements OnModuleInit {
  constructor(
    private readonly facts: FactBus,
    private readonly notifications: NotificationsRepository,
  ) {}

  onModuleInit(): void {
    this.facts.subscribe(RUN_QUEUED, (fact) => this.onQueued(fact));
    this.facts.subscribe(RUN_COMPLETED, (fact) => this.onCompleted(fact));
  }

  private async onQueued(fact: RunFact): Promise<void> {
    const { tenantId, userId, runId } = fact;
    if (userId === null) return;
    await this.notifications.add({ tenantId, userId, runId, kind: 'queued', outcome: null, ...queuedWords(fact) });
  }

  private async onCompleted(fact: RunCompletedFact): Promise<void> {
    const { tenantId, userId, runId, outcome } = fact;
    if (userId === null) return;
    await this.notifications.add({ tenantId, userId, runId, kind: 'terminal', outcome, ...terminalWords(fact) });
  }
}
