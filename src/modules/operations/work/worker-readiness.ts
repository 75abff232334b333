import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Readiness } from '../../../platform/http/health/readiness.js';
import { RunWorker } from './run-worker.js';

/** A worker that does not listen to its queues is not ready, whatever else is well. */
@Injectable()
export class WorkerReadiness implements OnModuleInit {
  constructor(
    private readonly readiness: Readiness,
    private readonly worker: RunWorker,
  ) {}

  onModuleInit(): void {
    this.readiness.add('queues', () =>
      this.worker.listening ? Promise.resolve() : Promise.reject(new Error('Not listening.')),
    );
  }
}
