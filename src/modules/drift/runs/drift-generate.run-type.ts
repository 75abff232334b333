import { IsNumberString, IsOptional, IsString, MaxLength, MinLength } from 'class-validator';
import { defineRunType } from '#libs/run-kit/src/run-type.js';

/** Both runs are resolved when it is started, so that the run means the same thing whenever it is worked. */
export class DriftGeneratePayload {
  /** Names the selection that both sync runs read. */
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  scopeKey!: string;

  @IsNumberString({ no_symbols: true })
  @MaxLength(19)
  baselineRunId!: string;

  @IsNumberString({ no_symbols: true })
  @MaxLength(19)
  currentRunId!: string;
}

/** What a schedule compares; the two runs are chosen at each tick. */
export class DriftScheduleRequest {
  /** Left out: the scope of a sync of everything. */
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  scopeKey?: string;
}

export const DriftGenerate = defineRunType({
  kind: 'drift.generate',
  payload: DriftGeneratePayload,
  label: {
    noun: 'Drift comparison',
    doing: 'Comparing inventory',
    done: 'Drift comparison finished',
    failed: 'Drift comparison failed',
  },
  reasons: {
    'drift.not_enough_runs':
      'There are not two finished inventory syncs to compare, one of them fully succeeded. Run an inventory sync.',
    'drift.sync_run_gone': 'A sync run to compare is not there any more. Generate drift again from newer sync runs.',
    'drift.nothing_comparable':
      'No policy type was read in both sync runs. Check the coverage of the sync runs, sync again, then generate drift.',
  },
  access: 'drift:generate',
  queue: 'drift',
  identity: ({ scopeKey, baselineRunId, currentRunId }) => ({ scopeKey, baselineRunId, currentRunId }),
  relatedLinks: ({ payload: { baselineRunId, currentRunId } }) => [
    {
      rel: 'findings',
      label: 'Findings',
      href: `/drift/findings?baselineRunId=${baselineRunId}&currentRunId=${currentRunId}`,
    },
    { rel: 'baseline', label: 'Baseline sync run', href: `/inventory/sync-runs/${baselineRunId}` },
    { rel: 'current', label: 'Current sync run', href: `/inventory/sync-runs/${currentRunId}` },
  ],
  onLeaseLost: 'requeue',
  maxAttempts: 3,
  timeoutMs: 30 * 60_000,
  limitPerTenant: 1,
  schedule: { request: DriftScheduleRequest },
});
