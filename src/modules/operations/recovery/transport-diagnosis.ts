import { Injectable } from '@nestjs/common';
import type { RunJob } from '../../../platform/queue/job-transport.js';
import { TransportAway, TransportInspector } from '../../../platform/queue/transport-inspector.js';
import { RunDiagnosisRepository, type QueueRuns } from '../data/run-diagnosis.repository.js';
import { AT_ONCE } from '../data/run-recovery.repository.js';
import { RunRegistry } from '../registry/run-registry.js';
import { lanesOf, queuesOf } from '../work/lanes.js';
import type { ComparedQueue, Divergence } from './divergence.js';
import { RingRepair } from './ring-repair.js';

/** Rings of one queue that are looked up one by one. */
const RINGS_READ = 1_000;

/** Rings to be cleared away: nobody will answer them. */
export interface DeadRings {
  queue: string;
  rings: RunJob[];
}

interface Compared {
  queues: ComparedQueue[];
  divergences: Divergence[];
}

/** Compares the rings of the transport with the runs that they should lead to. */
@Injectable()
export class TransportDiagnosis {
  constructor(
    private readonly transport: TransportInspector,
    private readonly runs: RunDiagnosisRepository,
    private readonly rings: RingRepair,
    private readonly registry: RunRegistry,
  ) {}

  /** Where the rings wait, in words for people. */
  get place(): string {
    return this.transport.place;
  }

  /** @throws TransportAway when the transport does not answer */
  compare(): Promise<Compared> {
    return this.orAway(async () => {
      if (!(await this.transport.answers())) throw new TransportAway(this.transport.place);
      const queues: ComparedQueue[] = [];
      const divergences: Divergence[] = [];
      for (const runs of await this.runs.queues(this.lanes())) {
        const { waiting, taken, abandoned, listeners } = await this.transport.look(runs.queue);
        const { idle } = await this.sorted(runs.queue);
        queues.push({ ...runs, rings: waiting, taken: taken - abandoned.length, idleRings: idle.length, listeners });
        const missed = (await this.rings.missed(runs.queue)).map(({ id }) => id);
        divergences.push(...divergence('ring_missing', runs.queue, missed, AT_ONCE));
        const unheard = listeners === 0 ? await this.waiting(runs) : [];
        divergences.push(...divergence('nobody_listens', runs.queue, unheard, AT_ONCE));
      }
      for (const { kind, queue, rings } of await this.dead()) {
        divergences.push(...divergence(kind, queue, idsOf(rings), RINGS_READ));
      }
      return { queues, divergences };
    });
  }

  /**
   * Rings that nobody will answer: taken by a listener that is gone, or waiting in a queue that no run type names. Rings
   * of a kind that only another version knows are left to its workers.
   */
  async dead(): Promise<(DeadRings & { kind: 'ring_abandoned' | 'queue_unknown' })[]> {
    const named = queuesOf(this.registry);
    const unnamed = (await this.transport.queues()).filter((queue) => !named.includes(queue));
    const dead: (DeadRings & { kind: 'ring_abandoned' | 'queue_unknown' })[] = [];
    for (const queue of [...named, ...unnamed]) {
      dead.push({ kind: 'ring_abandoned', queue, rings: (await this.transport.look(queue)).abandoned });
    }
    for (const queue of unnamed) {
      const { idle, leading } = await this.sorted(queue);
      const known = leading.filter(({ type }) => this.registry.find(type) !== undefined);
      dead.push({ kind: 'queue_unknown', queue, rings: [...idle, ...known.map(({ ring }) => ring)] });
    }
    return dead.filter(({ rings }) => rings.length > 0);
  }

  private async waiting({ queue, workable, behindLimit }: QueueRuns): Promise<string[]> {
    if (workable + behindLimit === 0) return [];
    const kinds = lanesOf(this.registry, queue).map(({ kind }) => kind);
    return (await this.runs.waiting(kinds, AT_ONCE)).map(({ id }) => id);
  }

  /** The waiting rings of a queue: those that lead to an active run of their own, and the others. */
  private async sorted(queue: string): Promise<{ idle: RunJob[]; leading: { ring: RunJob; type: string }[] }> {
    const rings = await this.transport.waitingRings(queue, RINGS_READ);
    const found = rings.length === 0 ? [] : await this.runs.find(idsOf(rings));
    const active = new Map(found.flatMap(({ id, type, status }) => (status === 'completed' ? [] : [[id, type]])));
    const leading = rings.flatMap((ring) => {
      const type = active.get(ring.runId);
      return type === undefined ? [] : [{ ring, type }];
    });
    return { idle: rings.filter(({ runId }) => !active.has(runId)), leading };
  }

  private lanes(): { kind: string; queue: string; limitPerTenant: number }[] {
    return queuesOf(this.registry).flatMap((queue) =>
      lanesOf(this.registry, queue).map((lane) => ({ ...lane, queue })),
    );
  }

  /** A transport that is away fails each call in a way of its own; asking it once more tells. */
  private async orAway<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(await this.transport.answers())) throw new TransportAway(this.transport.place);
      throw error;
    }
  }
}

function idsOf(rings: readonly RunJob[]): string[] {
  return [...new Set(rings.map(({ runId }) => runId))];
}

function divergence(kind: Divergence['kind'], where: string, runIds: string[], most: number): Divergence[] {
  return runIds.length === 0 ? [] : [{ kind, where, runIds, more: runIds.length >= most }];
}
