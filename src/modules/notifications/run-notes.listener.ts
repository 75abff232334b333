import { Injectable, type OnModuleInit } from '@nestjs/common';
import { FactBus } from '../../platform/facts/fact-bus.js';
import { RUN_COMPLETED, RUN_QUEUED, type RunCompletedFact, type RunFact } from '../operations/operations.facts.js';
import { RunNotesRepository } from './data/run-notes.repository.js';
import { queuedWords, terminalWords } from './notification-words.js';

/**
 * Writes the initiators' notes, and what the tenants' channels are to be told, in the transaction of the facts they tell
 * of; runs of the system tell nobody in person.
 */
@Injectable()
export class RunNotesListener implements OnModuleInit {
  constructor(
    private readonly facts: FactBus,
    private readonly notes: RunNotesRepository,
  ) {}

  onModuleInit(): void {
    this.facts.subscribe(RUN_QUEUED, (facts) => this.onQueued(facts));
    this.facts.subscribe(RUN_COMPLETED, (facts) => this.onCompleted(facts));
  }

  private onQueued(facts: readonly RunFact[]): Promise<void> {
    return this.notes.addQueued(
      facts.flatMap((fact) => {
        const { tenantId, userId, runId } = fact;
        return userId === null ? [] : [{ tenantId, userId, runId, ...queuedWords(fact) }];
      }),
    );
  }

  private onCompleted(facts: readonly RunCompletedFact[]): Promise<void> {
    return this.notes.addTerminal(
      facts.map((fact) => {
        const { tenantId, userId, runId, outcome } = fact;
        return { tenantId, userId, runId, outcome, label: fact.label.noun, ...terminalWords(fact) };
      }),
    );
  }
}
