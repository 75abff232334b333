import { Injectable } from '@nestjs/common';
import { RunDiagnosisRepository } from '../data/run-diagnosis.repository.js';
import { AT_ONCE, RunRecoveryRepository } from '../data/run-recovery.repository.js';
import type { RunRow } from '../data/run-row.js';
import { RunRegistry } from '../registry/run-registry.js';
import { RunTimings } from '../run-timings.js';
import type { Divergence, DivergenceKind } from './divergence.js';

/** What is wrong with the rows by themselves: what the sweep would find, by the same statements. */
@Injectable()
export class RowDiagnosis {
  constructor(
    private readonly recovery: RunRecoveryRepository,
    private readonly runs: RunDiagnosisRepository,
    private readonly registry: RunRegistry,
    private readonly timings: RunTimings,
  ) {}

  async divergences(): Promise<Divergence[]> {
    const never = await this.recovery.undispatched(this.timings.undispatched);
    const expired = await this.recovery.expiredLeases();
    const hopeless = await this.recovery.hopeless(this.timings.queuedAtMost);
    return [
      ...divergence('never_rung', never, never.length),
      ...divergence('lease_expired', expired, expired.length),
      ...HOPELESS.flatMap(([kind, fits]) => divergence(kind, hopeless.filter(fits), hopeless.length)),
      ...(await this.unknownKinds()),
    ];
  }

  private async unknownKinds(): Promise<Divergence[]> {
    const known = this.registry.all().flatMap(({ type }) => [type.kind, ...type.formerKinds]);
    const found = await this.runs.ofOtherKinds(known, AT_ONCE);
    return [...new Set(found.map(({ type }) => type))].flatMap((where) =>
      divergence(
        'kind_unknown',
        found.filter(({ type }) => type === where),
        found.length,
      ).map((one) => ({ ...one, where })),
    );
  }
}

/** In the order in which the sweep decides. */
const HOPELESS: readonly (readonly [DivergenceKind, (row: RunRow) => boolean])[] = [
  ['cancel_pending', (row) => row.cancel_requested_at !== null],
  ['hold_expired', (row) => row.cancel_requested_at === null && row.held_until !== null],
  ['queue_expired', (row) => row.cancel_requested_at === null && row.held_until === null],
];

function divergence(kind: DivergenceKind, rows: readonly { id: string }[], looked: number): Divergence[] {
  return rows.length === 0 ? [] : [{ kind, runIds: rows.map(({ id }) => id), more: looked >= AT_ONCE }];
}
