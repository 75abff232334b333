import { ApiProperty } from '@nestjs/swagger';

const TIME = { format: 'date-time' } as const;
const CREDENTIALS = ['secret', 'certificate'] as const;
const OUTCOMES = ['succeeded', 'partially_succeeded', 'failed'] as const;
const COVERAGE_GAPS = ['partial', 'forbidden', 'throttled', 'failed', 'unsupported_licence'] as const;
const ENDED = [...OUTCOMES, 'cancelled'] as const;

class ConnectionTestedDto {
  /** Whether policies can be read, if not all of them. */
  works!: boolean;
  message!: string;
  nextStep!: string;
  @ApiProperty(TIME)
  at!: string;
}

class ConnectionStateDto {
  @ApiProperty({ enum: CREDENTIALS })
  kind!: (typeof CREDENTIALS)[number];
  @ApiProperty(TIME)
  setAt!: string;
  /** Null until this credential is tested. */
  @ApiProperty({ type: ConnectionTestedDto, nullable: true })
  tested!: ConnectionTestedDto | null;
}

class CoverageGapDto {
  type!: string;
  label!: string;
  @ApiProperty({ enum: COVERAGE_GAPS })
  state!: (typeof COVERAGE_GAPS)[number];
  /** What went wrong and what to do, in words. */
  @ApiProperty({ type: String, nullable: true })
  reason!: string | null;
}

class CoverageCountsDto {
  @ApiProperty({ type: 'integer' })
  read!: number;
  @ApiProperty({ type: 'integer' })
  partial!: number;
  @ApiProperty({ type: 'integer' })
  forbidden!: number;
  @ApiProperty({ type: 'integer' })
  throttled!: number;
  @ApiProperty({ type: 'integer' })
  failed!: number;
  @ApiProperty({ type: 'integer' })
  unsupported_licence!: number;
}

class CoverageSummaryDto {
  @ApiProperty({ example: '58 of 61 policy types were read to the end; 2 forbidden, 1 without a licence.' })
  words!: string;
  /** Policy types that the sync tried. */
  @ApiProperty({ type: 'integer' })
  types!: number;
  byState!: CoverageCountsDto;
  /** Types that were not read to the end, ten at most. */
  @ApiProperty({ type: [CoverageGapDto] })
  gaps!: CoverageGapDto[];
}

class LastSyncDto {
  id!: string;
  operationRunId!: string;
  @ApiProperty({ enum: OUTCOMES })
  outcome!: (typeof OUTCOMES)[number];
  @ApiProperty(TIME)
  startedAt!: string;
  @ApiProperty(TIME)
  finishedAt!: string;
  /** Whether it was to read everything that is supported. */
  wholeTenant!: boolean;
  @ApiProperty({ type: 'integer' })
  policies!: number;
  /** Versions that differed from what was known. */
  @ApiProperty({ type: 'integer' })
  versionsWritten!: number;
  coverage!: CoverageSummaryDto;
}

class SeverityCountsDto {
  @ApiProperty({ type: 'integer' })
  high!: number;
  @ApiProperty({ type: 'integer' })
  medium!: number;
  @ApiProperty({ type: 'integer' })
  low!: number;
}

class LastDriftDto {
  /** The operation run. */
  runId!: string;
  @ApiProperty({ enum: ENDED })
  outcome!: string;
  @ApiProperty(TIME)
  at!: string;
  @ApiProperty({ type: String, nullable: true })
  baselineRunId!: string | null;
  @ApiProperty({ type: String, nullable: true })
  currentRunId!: string | null;
  @ApiProperty({ type: 'integer', nullable: true, description: 'Null when it did not come to its end.' })
  newFindings!: number | null;
}

class DriftSummaryDto {
  /** Findings that wait for a decision: new or reopened. */
  @ApiProperty({ type: 'integer' })
  open!: number;
  openBySeverity!: SeverityCountsDto;
  @ApiProperty({ type: LastDriftDto, nullable: true, description: 'Null when the whole tenant was never compared.' })
  lastComparison!: LastDriftDto | null;
  /** What is missing before drift can be generated, in words. */
  @ApiProperty({ type: String, nullable: true })
  missing!: string | null;
}

class CompleteSetDto {
  id!: string;
  name!: string;
  @ApiProperty({ type: 'integer' })
  policies!: number;
  /** When the last of its policies was added. */
  @ApiProperty(TIME)
  takenAt!: string;
}

class BackupSummaryDto {
  hasSets!: boolean;
  /** Whether a set holds something. */
  hasPolicies!: boolean;
  @ApiProperty({ type: CompleteSetDto, nullable: true })
  lastComplete!: CompleteSetDto | null;
}

class ActiveCountsDto {
  @ApiProperty({ type: 'integer' })
  total!: number;
  @ApiProperty({ type: 'integer' })
  processed!: number;
  @ApiProperty({ type: 'integer' })
  success!: number;
  @ApiProperty({ type: 'integer' })
  failed!: number;
  @ApiProperty({ type: 'integer' })
  skipped!: number;
}

export class ActiveRunDto {
  id!: string;
  type!: string;
  label!: string;
  @ApiProperty({ enum: ['queued', 'running', 'completed'] })
  status!: 'queued' | 'running' | 'completed';
  @ApiProperty({ enum: ['Queued', 'Running'] })
  bucket!: string;
  /** The name of what it is about. */
  @ApiProperty({ type: String, nullable: true })
  subject!: string | null;
  initiatorName!: string;
  summaryCounts!: ActiveCountsDto;
  @ApiProperty(TIME)
  createdAt!: string;
  @ApiProperty({ type: String, nullable: true, ...TIME })
  startedAt!: string | null;
}

class ComingTickDto {
  scheduleId!: string;
  name!: string;
  kind!: string;
  /** The kind's name for people. */
  label!: string;
  @ApiProperty(TIME)
  at!: string;
  /** Whether its last tick started nothing; the schedule says why. */
  lastRefused!: boolean;
}

export class RunCountsDto {
  @ApiProperty({ type: 'integer' })
  succeeded!: number;
  @ApiProperty({ type: 'integer' })
  partiallySucceeded!: number;
  @ApiProperty({ type: 'integer' })
  failed!: number;
  @ApiProperty({ type: 'integer' })
  cancelled!: number;
}

class TrendDayDto {
  @ApiProperty({ format: 'date', description: 'In UTC.' })
  day!: string;
  /** Runs that completed on that day. */
  runs!: RunCountsDto;
  /** At the end of the day; null before anything was compared. */
  @ApiProperty({ type: 'integer', nullable: true })
  openFindings!: number | null;
  /** At the end of the day; null before any was known. */
  @ApiProperty({ type: 'integer', nullable: true })
  policies!: number | null;
}

export class OverviewDto {
  /** Null until an owner connects the tenant to Microsoft Graph. */
  @ApiProperty({ type: ConnectionStateDto, nullable: true })
  connection!: ConnectionStateDto | null;
  /** The newest sync that has come to its end; null when none ever has. */
  @ApiProperty({ type: LastSyncDto, nullable: true })
  lastSync!: LastSyncDto | null;
  /** Policies that the tenant has, as far as is known. */
  @ApiProperty({ type: 'integer' })
  policies!: number;
  drift!: DriftSummaryDto;
  backups!: BackupSummaryDto;
  /** Queued and running, newest first, 50 at most. */
  @ApiProperty({ type: [ActiveRunDto] })
  activeRuns!: ActiveRunDto[];
  /** One tick of each schedule that is on, five at most, the nearest first. */
  @ApiProperty({ type: [ComingTickDto] })
  schedules!: ComingTickDto[];
  /** 30 days, oldest first, the last of them today. */
  @ApiProperty({ type: [TrendDayDto] })
  trend!: TrendDayDto[];
}
