import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsDate, IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { Type } from 'class-transformer';
import { ApiProperty } from '@nestjs/swagger';
import { ITEM_RESULTS, RUN_OUTCOMES, type ItemResult, type RunOutcome } from '#libs/run-kit/src/run-outcome.js';
import { PageQuery } from '../../../platform/http/page.js';
import { RUN_BUCKETS, type RunBucket } from '../run-view.js';
import type { RunStatus } from '../data/run-row.js';

const STATUSES = ['queued', 'running', 'completed'] as const;

/** Several values in one parameter, separated by commas; an empty one does not filter. */
export function split({ value }: { value: unknown }): unknown {
  if (typeof value !== 'string') return value;
  const parts = value.split(',').filter((part) => part !== '');
  return parts.length === 0 ? undefined : parts;
}

export class OperationsQuery extends PageQuery {
  @ApiProperty({ required: false, enum: STATUSES, isArray: true })
  @IsOptional()
  @Transform(split)
  @IsArray()
  @IsIn(STATUSES, { each: true })
  status?: RunStatus[];

  @ApiProperty({ required: false, enum: RUN_OUTCOMES, isArray: true })
  @IsOptional()
  @Transform(split)
  @IsArray()
  @IsIn(RUN_OUTCOMES, { each: true })
  outcome?: RunOutcome[];

  @ApiProperty({ required: false, enum: RUN_BUCKETS, isArray: true })
  @IsOptional()
  @Transform(split)
  @IsArray()
  @IsIn(RUN_BUCKETS, { each: true })
  bucket?: RunBucket[];

  /** Run types, e.g. `inventory.sync,drift.generate`. */
  @ApiProperty({ required: false, type: [String] })
  @IsOptional()
  @Transform(split)
  @IsArray()
  @IsString({ each: true })
  @MaxLength(64, { each: true })
  type?: string[];

  /** Users' ids, or parts of the initiators' names. */
  @ApiProperty({ required: false, type: [String] })
  @IsOptional()
  @Transform(split)
  @IsArray()
  @ArrayMaxSize(10)
  @IsString({ each: true })
  @MaxLength(200, { each: true })
  initiator?: string[];

  /** Started at or after this time, ISO 8601. */
  @IsOptional()
  @Type(() => Date)
  @IsDate()
  from?: Date;

  /** Started before this time, ISO 8601. */
  @IsOptional()
  @Type(() => Date)
  @IsDate()
  to?: Date;

  /** A run id, a reason code, or a part of the subject's name, the initiator's name or the type. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  q?: string;
}

export class ActiveQuery {
  /** Only the caller's own runs. */
  @IsOptional()
  @IsIn(['true', 'false'])
  mine?: 'true' | 'false';
}

export class SummaryCountsDto {
  total!: number;
  processed!: number;
  success!: number;
  failed!: number;
  skipped!: number;
}

export class FailureDto {
  /** Stable, lower case and dotted. */
  code!: string;
  message!: string;
  count!: number;
}

export class RelatedLinkDto {
  rel!: string;
  label!: string;
  href!: string;
}

export class RunLinksDto {
  self!: string;
  ui!: string;
  @ApiProperty({ type: [RelatedLinkDto] })
  related!: RelatedLinkDto[];
}

export class RunSubjectDto {
  type!: string;
  id!: string;
  @ApiProperty({ type: String, nullable: true })
  name!: string | null;
}

export class RunHeartbeatDto {
  /** The newest sign of life of the worker. */
  @ApiProperty({ format: 'date-time' })
  at!: string;
  /** Without another until then, the run is given to another worker or ended. */
  @ApiProperty({ format: 'date-time' })
  lostAt!: string;
}

export class RunDto {
  id!: string;
  tenantId!: string;
  type!: string;
  label!: string;
  @ApiProperty({ enum: STATUSES })
  status!: RunStatus;
  @ApiProperty({ enum: RUN_OUTCOMES })
  outcome!: RunOutcome;
  @ApiProperty({ enum: RUN_BUCKETS })
  bucket!: RunBucket;
  initiatorName!: string;
  @ApiProperty({ type: String, nullable: true })
  userId!: string | null;
  @ApiProperty({ type: RunSubjectDto, nullable: true })
  subject!: RunSubjectDto | null;
  summaryCounts!: SummaryCountsDto;
  @ApiProperty({ type: [FailureDto] })
  failureSummary!: FailureDto[];
  @ApiProperty({ type: 'object', additionalProperties: true })
  context!: Record<string, unknown>;
  attempt!: number;
  @ApiProperty({ type: String, nullable: true })
  retryOf!: string | null;
  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  cancelRequestedAt!: string | null;
  /** A held run waits for a person until then. */
  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  heldUntil!: string | null;
  /** Null while no worker has the run. */
  @ApiProperty({ type: RunHeartbeatDto, nullable: true })
  heartbeat!: RunHeartbeatDto | null;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  startedAt!: string | null;
  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  completedAt!: string | null;
  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
  links!: RunLinksDto;
}

export class StartedRunDto {
  run!: RunDto;
  /** False when an equal run was already active; `run` is that one. */
  created!: boolean;
  links!: RunLinksDto;
}

export class RunPageDto {
  @ApiProperty({ type: [RunDto] })
  items!: RunDto[];
  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}

export class RunItemDto {
  itemId!: string;
  kind!: string;
  /** What people call the item, where it has a name. */
  name?: string;
  @ApiProperty({ enum: ITEM_RESULTS })
  result!: ItemResult;
  reasonCode?: string;
  reason?: string;
}

export class RunItemPageDto {
  @ApiProperty({ type: [RunItemDto] })
  items!: RunItemDto[];
  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}

export class RunEventDto {
  id!: string;
  @ApiProperty({ format: 'date-time' })
  at!: string;
  /**
   * `queued`, `held`, `dispatched`, `claimed`, `released`, `cancel_requested`, `lease_lost`, `redispatched`,
   * `queue_expired`, `hold_expired`, `completed`.
   */
  kind!: string;
  @ApiProperty({ type: 'object', additionalProperties: true })
  detail!: Record<string, unknown>;
}

export class RunEventPageDto {
  @ApiProperty({ type: [RunEventDto] })
  items!: RunEventDto[];
  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}

export class RunTypeCountsDto {
  type!: string;
  label!: string;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'number' } })
  buckets!: Record<string, number>;
}

export class RunSummaryDto {
  /** Runs per bucket, every bucket named. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'number' } })
  buckets!: Record<string, number>;
  @ApiProperty({ type: [RunTypeCountsDto] })
  types!: RunTypeCountsDto[];
}
