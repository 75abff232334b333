import type { NewRun } from '../../../src/modules/operations/data/new-row.js';

/** A run of the kind `probe.work` as it is about to be inserted, for tests of statements alone. */
export function aProbeRun(tenantId: string, identity: string): NewRun {
  return {
    tenantId,
    identity,
    actor: { kind: 'system', name: 'System' },
    kind: 'probe.work',
    payload: {},
    subject: undefined,
    correlationId: 'c',
    traceParent: undefined,
    retryOf: undefined,
    heldUntil: undefined,
  };
}
