import type { DeclaredRunType } from '#libs/run-kit/src/declared-run-types.js';
import type { RunProcessor } from '#libs/run-kit/src/run-processor.js';
import type { RunType } from '#libs/run-kit/src/run-type.js';
import { BELLS_QUEUE } from '../../../platform/queue/job-scheduler.js';
import { unvalidatedClasses } from './payload-properties.js';

/** A provider that carries `@Processes(type)`. */
export interface RunHandler {
  /** The class's name. */
  name: string;
  type: RunType<object>;
  processor: RunProcessor<object>;
}

/** What is wrong with the handlers and declarations of one process, a sentence each that names the culprit. */
export function faultsOf(handlers: readonly RunHandler[], declared: readonly DeclaredRunType[]): string[] {
  return [...doubled(handlers), ...unhandled(handlers, declared), ...handlers.flatMap(unworkable)];
}

function doubled(handlers: readonly RunHandler[]): string[] {
  const first = new Map<string, RunHandler>();
  const faults: string[] = [];
  for (const handler of handlers) {
    for (const kind of new Set([handler.type.kind, ...handler.type.formerKinds])) {
      const earlier = first.get(kind);
      if (earlier === undefined) first.set(kind, handler);
      else faults.push(doubledKind(kind, earlier, handler));
    }
  }
  return [...new Set(faults)];
}

function doubledKind(kind: string, earlier: RunHandler, later: RunHandler): string {
  if (earlier.type === later.type) {
    const who =
      earlier.name === later.name ? `${earlier.name} stands in two modules` : `${earlier.name} and ${later.name}`;
    return `Run type "${earlier.type.kind}" has two handlers: ${who}. Keep one.`;
  }
  const claims = [earlier, later].map(({ type, name }) =>
    type.kind === kind ? `by the one that ${name} handles` : `as a former kind of "${type.kind}" (${name})`,
  );
  return `The kind "${kind}" is claimed by two run types: ${claims.join(' and ')}. Kinds are never used again.`;
}

function unhandled(handlers: readonly RunHandler[], declared: readonly DeclaredRunType[]): string[] {
  const handled = new Set(handlers.map(({ type }) => type));
  return declared
    .filter(({ type }) => !handled.has(type))
    .map(
      ({ type, file }) =>
        `Run type "${type.kind}" of ${file} has no handler. Put @Processes(...) on its processor and list that in the ` +
        "producer's providers.",
    );
}

function unworkable({ type, name }: RunHandler): string[] {
  const faults = unvalidatedClasses(type.payload).map(
    (payload) =>
      `nothing of its payload class ${payload} is validated. Put class-validator's decorators on its properties.`,
  );
  if (type.queue === BELLS_QUEUE) faults.push(`the queue "${type.queue}" is that of the schedules. Name another.`);
  return faults.map((fault) => `Run type "${type.kind}" (${name}): ${fault}`);
}
