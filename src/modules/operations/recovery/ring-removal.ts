import { Injectable } from '@nestjs/common';
import { TransportInspector } from '../../../platform/queue/transport-inspector.js';
import { RunRegistry } from '../registry/run-registry.js';
import { queuesOf } from '../work/lanes.js';
import { TransportDiagnosis } from './transport-diagnosis.js';

/** Clears rings away that nobody will answer. */
@Injectable()
export class RingRemoval {
  constructor(
    private readonly transport: TransportInspector,
    private readonly diagnosis: TransportDiagnosis,
    private readonly registry: RunRegistry,
  ) {}

  /** Removes what listeners that are gone have taken: a killed worker's rings, and those it could not say were answered. */
  async removeAbandoned(): Promise<void> {
    for (const queue of queuesOf(this.registry)) {
      await this.transport.discard(queue, (await this.transport.look(queue)).abandoned);
    }
  }

  /** Removes all that the diagnosis finds dead; answers how many rings were removed. */
  async removeDead(): Promise<number> {
    let removed = 0;
    for (const { queue, rings } of await this.diagnosis.dead()) removed += await this.transport.discard(queue, rings);
    return removed;
  }
}
