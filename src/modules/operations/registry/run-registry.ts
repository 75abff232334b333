import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { PROCESSES, type RunProcessor } from '#libs/run-kit/src/run-processor.js';
import type { RunType } from '#libs/run-kit/src/run-type.js';
import { FailureCatalogue } from '../failures/failure-catalogue.js';

export interface RegisteredRunType {
  type: RunType<object>;
  processor: RunProcessor<object>;
}

/** All run types of this process with their handlers, found among the providers when it starts. */
@Injectable()
export class RunRegistry implements OnModuleInit {
  private readonly byKind = new Map<string, RegisteredRunType>();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly failures: FailureCatalogue,
  ) {}

  /** Collects the handlers; throws, and so stops the boot, when two claim one kind. */
  onModuleInit(): void {
    for (const wrapper of this.discovery.getProviders()) {
      const target: unknown = wrapper.metatype;
      if (typeof target !== 'function') continue;
      const type = Reflect.getMetadata(PROCESSES, target) as RunType<object> | undefined;
      if (type) this.register(type, wrapper.instance as RunProcessor<object>, target.name);
    }
  }

  /** The type and handler stored under `kind`, by its present or a former name. */
  find(kind: string): RegisteredRunType | undefined {
    return this.byKind.get(kind);
  }

  /** Throws when no handler was found for `type`: a start would wait for ever. */
  require(type: RunType<object>): void {
    if (this.byKind.get(type.kind)?.type !== type) throw new Error(`Run type "${type.kind}" has no handler.`);
  }

  /** Every type once, in the order of their kinds. */
  all(): RegisteredRunType[] {
    return [...new Set(this.byKind.values())].sort((a, b) => (a.type.kind < b.type.kind ? -1 : 1));
  }

  private register(type: RunType<object>, processor: RunProcessor<object>, name: string): void {
    const entry = { type, processor };
    for (const kind of [type.kind, ...type.formerKinds]) {
      if (this.byKind.has(kind)) throw new Error(`Run type "${kind}" has two handlers; the second is ${name}.`);
      this.byKind.set(kind, entry);
    }
    this.failures.add(type.reasons ?? {});
  }
}
