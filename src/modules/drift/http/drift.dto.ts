import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  MinLength,
} from 'class-validator';
import type { RunOutcome } from '#libs/run-kit/src/run-outcome.js';
import { anyJson } from '../../../platform/http/any-json.js';
import { PageQuery } from '../../../platform/http/page.js';
import {
  FINDING_KINDS,
  FINDING_SEVERITIES,
  FINDING_STATUSES,
  type FindingKind,
  type FindingSeverity,
  type FindingStatus,
} from '../finding.js';

/** Several values in one parameter, separated by commas. */
function split({ value }: { value: unknown }): unknown {
  return typeof value === 'string' ? value.split(',').filter((part) => part !== '') : value;
}

export class GenerateDriftDto {
  /** The selection whose sync runs are compared; the default selection when left out. */
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  scopeKey?: string;

  /** A sync run's id; the newest fully succeeded one before the current run when left out. */
  @IsOptional()
  @IsString()
  @MaxLength(64)
  baselineRunId?: string;

  /** A sync run's id; the newest finished one when left out. */
  @IsOptional()
  @IsString()
  @MaxLength(64)
  currentRunId?: string;
}

/** What `generate` would be told. */
export class DriftStatusQuery extends GenerateDriftDto {}

export class FindingsQuery extends PageQuery {
  @ApiProperty({ required: false, enum: FINDING_KINDS, isArray: true })
  @IsOptional()
  @Transform(split)
  @IsArray()
  @IsIn(FINDING_KINDS, { each: true })
  kind?: FindingKind[];

  @ApiProperty({ required: false, enum: FINDING_STATUSES, isArray: true })
  @IsOptional()
  @Transform(split)
  @IsArray()
  @IsIn(FINDING_STATUSES, { each: true })
  status?: FindingStatus[];

  @ApiProperty({ required: false, enum: FINDING_SEVERITIES, isArray: true })
  @IsOptional()
  @Transform(split)
  @IsArray()
  @IsIn(FINDING_SEVERITIES, { each: true })
  severity?: FindingSeverity[];

  /** Only what a comparison with this baseline sync run showed. */
  @IsOptional()
  @Matches(/^[1-9]\d{0,17}$/, { message: 'baselineRunId must be the id of a sync run' })
  baselineRunId?: string;

  /** Only what a comparison of this current sync run showed. */
  @IsOptional()
  @Matches(/^[1-9]\d{0,17}$/, { message: 'currentRunId must be the id of a sync run' })
  currentRunId?: string;
}

function trimmed({ value }: { value: unknown }): unknown {
  return typeof value === 'string' ? value.trim() || undefined : value;
}

export class AcknowledgeFindingDto {
  /** Why, for whoever reads the finding or the audit trail later; at most 500 characters. */
  @IsOptional()
  @Transform(trimmed)
  @IsString()
  @MaxLength(500)
  reason?: string;
}

export class AcknowledgeFindingsDto extends AcknowledgeFindingDto {
  /** Ids of findings, 1 to 500. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @IsString({ each: true })
  @MaxLength(64, { each: true })
  ids!: string[];
}

export class AcknowledgedDto {
  /** Acknowledged by this call. */
  acknowledged!: number;
  /** Were past that already and stay as they are. */
  unchanged!: number;
}

export class EvidenceChangeDto {
  /** `settings/<definition id>`, or the path of a property. */
  path!: string;
  settingDefinitionId?: string;
  @ApiProperty(anyJson('Secrets are redacted, a huge value is shortened.'))
  before!: unknown;
  @ApiProperty(anyJson('Secrets are redacted, a huge value is shortened.'))
  after!: unknown;
  @ApiProperty({ enum: ['added', 'removed', 'changed'] })
  change!: 'added' | 'removed' | 'changed';
}

export class EvidenceDto {
  changes!: EvidenceChangeDto[];
  /** How many changes are not shown here because there are too many. */
  omittedChanges?: number;
}

export class EvidencePreviewDto extends EvidenceDto {
  @ApiProperty({
    required: false,
    type: Boolean,
    description: 'True when changes are left out or values are cut here; the finding itself has the whole evidence.',
  })
  truncated?: true;
}

class FindingSummaryDto {
  id!: string;
  @ApiProperty({ enum: FINDING_KINDS })
  kind!: FindingKind;
  @ApiProperty({ enum: FINDING_STATUSES })
  status!: FindingStatus;
  @ApiProperty({ enum: FINDING_SEVERITIES })
  severity!: FindingSeverity;
  subjectType!: string;
  subjectExternalId!: string;
  subjectName!: string;
  policyId!: string;
  @ApiProperty({ type: String, nullable: true })
  beforeVersionId!: string | null;
  @ApiProperty({ type: String, nullable: true })
  afterVersionId!: string | null;
  scopeKey!: string;
  baselineRunId!: string;
  currentRunId!: string;
  /** The newest sync run that still showed it; it may have been removed since, unlike the two of the comparison. */
  lastSeenRunId!: string;
  lastSeenAt!: string;
  fingerprint!: string;
  /** Differences between the two versions, whether or not the evidence shows them all. */
  @ApiProperty({ type: 'integer' })
  changeCount!: number;
  /** Who made the change, or `unknown`. */
  actor!: string;
  @ApiProperty({ type: String, nullable: true })
  acknowledgedAt!: string | null;
  @ApiProperty({ type: String, nullable: true })
  acknowledgedByName!: string | null;
  @ApiProperty({ type: String, nullable: true, description: "Why, in that person's words." })
  acknowledgedReason!: string | null;
  createdAt!: string;
}

export class FindingDto extends FindingSummaryDto {
  evidence!: EvidenceDto;
}

export class ListedFindingDto extends FindingSummaryDto {
  /** The first changes, as many as say what the finding is about. */
  evidence!: EvidencePreviewDto;
}

export class FindingPageDto {
  @ApiProperty({ type: [ListedFindingDto] })
  items!: ListedFindingDto[];
  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}

export class ComparableRunDto {
  id!: string;
  @ApiProperty({ enum: ['succeeded', 'partially_succeeded'] })
  outcome!: 'succeeded' | 'partially_succeeded';
  finishedAt!: string;
}

export class NotComparedDto {
  type!: string;
  reason!: string;
}

export class LastComparisonDto {
  /** The operation run. */
  runId!: string;
  @ApiProperty({ enum: ['succeeded', 'partially_succeeded', 'failed', 'cancelled'] })
  outcome!: RunOutcome;
  @ApiProperty({ format: 'date-time' })
  at!: string;
  @ApiProperty({ type: String, nullable: true })
  baselineRunId!: string | null;
  @ApiProperty({ type: String, nullable: true })
  currentRunId!: string | null;
  @ApiProperty({ type: 'integer', nullable: true, description: 'Null when it did not come to its end.' })
  newFindings!: number | null;
}

export class DriftStatusDto {
  scopeKey!: string;
  ready!: boolean;
  syncRuns!: number;
  /** What is missing, in words. */
  @ApiProperty({ type: String, nullable: true })
  missing!: string | null;
  @ApiProperty({ type: ComparableRunDto, nullable: true })
  baseline!: ComparableRunDto | null;
  @ApiProperty({ type: ComparableRunDto, nullable: true })
  current!: ComparableRunDto | null;
  notCompared!: NotComparedDto[];
  @ApiProperty({ type: LastComparisonDto, nullable: true, description: 'Null when drift never ran for this scope.' })
  lastComparison!: LastComparisonDto | null;
}
