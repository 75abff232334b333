import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { DECLARED_RUN_TYPES, type DeclaredRunType } from '#libs/run-kit/src/declared-run-types.js';
import { PROCESSES, type RunProcessor } from '#libs/run-kit/src/run-processor.js';
import { isRunType, type RunType } from '#libs/run-kit/src/run-type.js';
import { FailureCatalogue } from '../failures/failure-catalogue.js';
import { faultsOf, type RunHandler } from './run-type-faults.js';

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

  /** Collects the handlers; throws, and so stops the boot, with every fault of the run types and who is at fault. */
  onModuleInit(): void {
    const faults: string[] = [];
    const handlers: RunHandler[] = [];
    const declared: DeclaredRunType[] = [];
    for (const { token, metatype, instance } of this.discovery.getProviders()) {
      if (token === DECLARED_RUN_TYPES) declared.push(...(instance as DeclaredRunType[]));
      if (typeof metatype !== 'function' || !Reflect.hasMetadata(PROCESSES, metatype)) continue;
      const type: unknown = Reflect.getMetadata(PROCESSES, metatype);
      if (isRunType(type)) handlers.push({ name: metatype.name, type, processor: instance as RunProcessor<object> });
      else
        faults.push(`${metatype.name} handles what is no run type. Give @Processes(...) what defineRunType answers.`);
    }
    faults.push(...faultsOf(handlers, declared), ...handlers.flatMap((handler) => this.register(handler)));
    if (faults.length > 0) throw new Error(`The run types are not sound.\n${faults.join('\n')}`);
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

  /** Answers what is wrong with the type's reasons. */
  private register({ name, type, processor }: RunHandler): string[] {
    const entry = { type, processor };
    for (const kind of [type.kind, ...type.formerKinds]) this.byKind.set(kind, entry);
    try {
      this.failures.add(type.reasons ?? {});
      return [];
    } catch (error) {
      return [`Run type "${type.kind}" (${name}): ${error instanceof Error ? error.message : String(error)}`];
    }
  }
}
