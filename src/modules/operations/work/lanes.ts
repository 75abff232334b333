import type { Lane } from '../data/run-claims.repository.js';
import type { RunRegistry } from '../registry/run-registry.js';

/** The queues of all run types, each once. */
export function queuesOf(registry: RunRegistry): string[] {
  return [...new Set(registry.all().map(({ type }) => type.queue))];
}

/** The kinds, present and former, that wait in `queue`, with their limits. */
export function lanesOf(registry: RunRegistry, queue: string): Lane[] {
  return registry
    .all()
    .filter(({ type }) => type.queue === queue)
    .flatMap(({ type }) =>
      [type.kind, ...type.formerKinds].map((kind) => ({ kind, limitPerTenant: type.limitPerTenant })),
    );
}
