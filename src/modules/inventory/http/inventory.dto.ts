import { Transform, Type } from 'class-transformer';
import { IsOptional, ValidateNested } from 'class-validator';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { anyJson } from '../../../platform/http/any-json.js';
import { ASSIGNMENT_STATES, type AssignmentState } from '../data/policy-filter.js';
import { InventorySelection } from '../runs/inventory-sync.run-type.js';
import { COVERAGE_STATES, type CoverageState } from '../sync/coverage.js';

export class StartSyncDto {
  @ApiProperty({ required: false, type: InventorySelection })
  @IsOptional()
  @ValidateNested()
  @Type(() => InventorySelection)
  @Transform(({ value }: { value: unknown }) => value ?? undefined) // null is how some clients leave a field out
  selection?: InventorySelection;
}

export class CompletenessDto {
  @ApiProperty({ type: Number, nullable: true, description: "Graph's own count; null where the type has none." })
  settingsExpected!: number | null;
  settingsStored!: number;
  assignmentsRead!: boolean;
  @ApiProperty({ description: 'Secrets that cannot be read or are not kept.' })
  secretsMasked!: number;
  complete!: boolean;
}

export class PolicyDto {
  id!: string;
  type!: string;
  typeLabel!: string;
  category!: string;
  externalId!: string;
  name!: string;
  @ApiProperty({ type: String, nullable: true })
  platform!: string | null;
  @ApiProperty({ description: 'The newest version that was read whole.' })
  versionId!: string;
  present!: boolean;
  complete!: boolean;
  @ApiProperty({ type: String, nullable: true })
  description!: string | null;
  @ApiProperty({ enum: COVERAGE_STATES, description: 'How the newest sync could read it.' })
  coverageState!: CoverageState;
  @ApiProperty({ enum: ASSIGNMENT_STATES })
  assignment!: AssignmentState;
  @ApiProperty({ description: 'Ids of its scope tags; `0` is the one that every tenant has.' })
  scopeTagIds!: string[];
  @ApiProperty({ format: 'date-time' })
  firstSeenAt!: string;
  @ApiProperty({ format: 'date-time' })
  changedAt!: string;
  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  removedAt!: string | null;
}

export class PolicyPageDto {
  @ApiProperty({ type: [PolicyDto] })
  items!: PolicyDto[];
  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}

export class PolicySettingDto {
  settingDefinitionId!: string;
  @ApiProperty(anyJson('A value, a list, or nested settings by definition id.'))
  value!: unknown;
}

export class PolicyAssignmentDto {
  @ApiProperty({ description: '`group`, `exclusionGroup`, `allDevices`, `allLicensedUsers`, ...' })
  target!: string;
  groupId?: string;
  collectionId?: string;
  filterId?: string;
  filterType?: string;
  @ApiPropertyOptional({ description: 'Left out when it is the usual `apply`.' })
  intent?: string;
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: "What else it says: an app's install settings, a remediation's schedule, a Cloud PC's service plan.",
  })
  details?: Record<string, unknown>;
}

export class NewestCoverageDto {
  @ApiProperty({ enum: COVERAGE_STATES })
  state!: CoverageState;
  @ApiProperty({ type: String, nullable: true })
  reasonCode!: string | null;
  /** What went wrong and what to do, in words; there whenever `reasonCode` is. */
  reason?: string;
  syncRunId!: string;
  @ApiProperty({ format: 'date-time' })
  at!: string;
}

export class PolicyDetailDto extends PolicyDto {
  contentHash!: string;
  versionCount!: number;
  @ApiProperty({ type: [PolicySettingDto] })
  settings!: PolicySettingDto[];
  @ApiProperty({ type: 'object', additionalProperties: true })
  properties!: Record<string, unknown>;
  @ApiProperty({ type: [PolicyAssignmentDto] })
  assignments!: PolicyAssignmentDto[];
  completeness!: CompletenessDto;
  @ApiProperty({ type: NewestCoverageDto, nullable: true, description: 'How the newest sync read this type.' })
  coverage!: NewestCoverageDto | null;
}

export class VersionPeriodDto {
  /** Larger ids are later syncs; one that is old may have been removed. */
  fromSyncRunId!: string;
  @ApiProperty({ type: String, nullable: true, description: 'Null while it stands.' })
  untilSyncRunId!: string | null;
}

export class PolicyVersionDto {
  id!: string;
  name!: string;
  @ApiProperty({ type: String, nullable: true })
  platform!: string | null;
  contentHash!: string;
  bodyHash!: string;
  assignmentsHash!: string;
  completeness!: CompletenessDto;
  current!: boolean;
  @ApiProperty({ type: [VersionPeriodDto] })
  periods!: VersionPeriodDto[];
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

export class PolicyVersionPageDto {
  @ApiProperty({ type: [PolicyVersionDto] })
  items!: PolicyVersionDto[];
  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}

export class TypeCoverageDto {
  type!: string;
  @ApiProperty({ enum: COVERAGE_STATES })
  state!: CoverageState;
  policies!: number;
  @ApiProperty({ type: String, nullable: true })
  reasonCode!: string | null;
  /** What went wrong and what to do, in words; there whenever `reasonCode` is. */
  reason?: string;
}

export class TypeProgressDto {
  type!: string;
  read!: number;
  @ApiProperty({ type: Number, nullable: true, description: 'How many there are; null for a type never read before.' })
  of!: number | null;
  done!: boolean;
}

export class SyncProgressDto {
  @ApiProperty({ type: Number, nullable: true, description: 'Null while nothing says how much there is to read.' })
  etaSeconds!: number | null;
  @ApiProperty({ type: [TypeProgressDto] })
  types!: TypeProgressDto[];
}

export class SyncRunDto {
  id!: string;
  operationRunId!: string;
  scopeKey!: string;
  @ApiProperty({ type: 'object', additionalProperties: true })
  selection!: object;
  @ApiProperty({
    enum: ['succeeded', 'partially_succeeded', 'failed'],
    nullable: true,
    description: 'Null while it has not finished.',
  })
  outcome!: 'succeeded' | 'partially_succeeded' | 'failed' | null;
  policies!: number;
  versionsWritten!: number;
  @ApiProperty({ type: [TypeCoverageDto] })
  coverage!: TypeCoverageDto[];
  @ApiProperty({ format: 'date-time' })
  startedAt!: string;
  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  finishedAt!: string | null;
  @ApiProperty({ type: SyncProgressDto, nullable: true, description: 'How far it is, while it goes on.' })
  progress!: SyncProgressDto | null;
}

export class SyncRunPageDto {
  @ApiProperty({ type: [SyncRunDto] })
  items!: SyncRunDto[];
  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}

export class PolicyTypeDto {
  key!: string;
  label!: string;
  category!: string;
  @ApiProperty({ description: 'The application permission that reading needs.' })
  permission!: string;
}

export class PolicyTypesDto {
  @ApiProperty({ type: [PolicyTypeDto] })
  items!: PolicyTypeDto[];
  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}
