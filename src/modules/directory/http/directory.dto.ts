import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  Length,
  MaxLength,
  MinLength,
} from 'class-validator';
import { RUN_OUTCOMES, type RunOutcome } from '#libs/run-kit/src/run-outcome.js';
import { PageQuery } from '../../../platform/http/page.js';
import { GROUP_KINDS, REMOVED_REASONS, type GroupKind, type RemovedReason } from '../group.js';

/** Several values in one parameter, separated by commas. */
function split({ value }: { value: unknown }): unknown {
  return typeof value === 'string' ? value.split(',').filter((part) => part !== '') : value;
}

/** As many as a page has rows. */
const MOST_IDS = 100;

function idsOf({ value }: { value: unknown }): unknown {
  return typeof value === 'string'
    ? value
        .toLowerCase()
        .split(',')
        .filter((part) => part !== '')
    : value;
}

function trimmed({ value }: { value: unknown }): unknown {
  return typeof value === 'string' ? value.trim() : value;
}

export class StartGroupSyncDto {
  /** Read all groups instead of what has changed since the last sync. */
  @ApiProperty({ required: false, type: Boolean })
  @IsOptional()
  @IsBoolean()
  full?: boolean | null;
}

export class GroupsQuery extends PageQuery {
  /** A part of the name or of the mail address, in any case, or a whole group id. */
  @IsOptional()
  @Transform(trimmed)
  @IsString()
  @MaxLength(200)
  q?: string;

  /** Kinds of group, separated by commas; a group that is any of them is listed. */
  @ApiProperty({ required: false, enum: GROUP_KINDS, isArray: true })
  @IsOptional()
  @Transform(split)
  @IsArray()
  @IsIn(GROUP_KINDS, { each: true })
  kind?: GroupKind[];

  /** Ids of groups, separated by commas, 100 at most; those that the cache does not know are not listed. */
  @ApiProperty({ required: false, type: String, isArray: true, maxItems: MOST_IDS })
  @IsOptional()
  @Transform(idsOf)
  @IsArray()
  @ArrayMaxSize(MOST_IDS)
  @IsString({ each: true })
  @Length(1, 64, { each: true })
  ids?: string[];

  /** Also groups that are not in the directory any more. */
  @ApiProperty({ required: false, enum: ['true', 'false'] })
  @IsOptional()
  @IsIn(['true', 'false'])
  includeRemoved?: 'true' | 'false';
}

export class LiveGroupsQuery {
  /** The beginning of a word of the name or of the mail address. */
  @Transform(trimmed)
  @IsString()
  @MinLength(2)
  @MaxLength(100)
  search!: string;
}

export class LiveGroupDto {
  @ApiProperty({ description: "The group's id in Microsoft Entra ID, in lower case." })
  id!: string;
  @ApiProperty({ type: String, nullable: true })
  displayName!: string | null;
  @ApiProperty({ type: String, nullable: true })
  description!: string | null;
  @ApiProperty({ type: String, nullable: true })
  mail!: string | null;
  @ApiProperty({ enum: GROUP_KINDS, isArray: true, description: 'What the group is; none, one or several.' })
  kinds!: readonly GroupKind[];
}

export class LiveGroupsDto {
  items!: LiveGroupDto[];
  @ApiProperty({ description: 'Whether there are more than these; write more of the name to see them.' })
  more!: boolean;
}

export class GroupDto extends LiveGroupDto {
  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  removedAt!: string | null;
  @ApiProperty({ enum: REMOVED_REASONS, nullable: true })
  removedReason!: RemovedReason | null;
}

export class GroupPageDto {
  items!: GroupDto[];
  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}

export class GroupDetailDto extends GroupDto {
  @ApiProperty({ type: String, nullable: true, description: 'Of a dynamic group.' })
  membershipRule!: string | null;
  @ApiProperty({ format: 'date-time' })
  firstSeenAt!: string;
  @ApiProperty({ format: 'date-time' })
  changedAt!: string;
  @ApiProperty({ format: 'date-time', description: 'When a sync last named it.' })
  seenAt!: string;
}

export class LastGroupSyncDto {
  runId!: string;
  @ApiProperty({ enum: RUN_OUTCOMES })
  outcome!: RunOutcome;
  @ApiProperty({ format: 'date-time' })
  at!: string;
  @ApiProperty({ type: String, nullable: true })
  reasonCode!: string | null;
  @ApiProperty({ type: String, nullable: true })
  reason!: string | null;
}

export class LiveSearchStateDto {
  enabled!: boolean;
  @ApiProperty({ type: String, nullable: true, description: 'A stable word for why it is disabled.' })
  reason!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'The same as a sentence with a next step.' })
  message!: string | null;
}

export class GroupCacheDto {
  groups!: number;
  removedGroups!: number;
  @ApiProperty({
    type: String,
    nullable: true,
    format: 'date-time',
    description: 'When the newest reading that came to its end began; null while the cache is empty.',
  })
  asOf!: string | null;
  @ApiProperty({ type: Number, nullable: true })
  ageSeconds!: number | null;
  @ApiProperty({ type: String, nullable: true, description: 'The age in words, such as "3 hours".' })
  age!: string | null;
  @ApiProperty({ description: 'What to show beside a choice of groups from the cache.' })
  helperText!: string;
  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  lastFullAt!: string | null;
  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  lastDeltaAt!: string | null;
  @ApiProperty({
    description: 'Whether a reading was begun and has not come to its end; the next sync goes on with it.',
  })
  reading!: boolean;
  @ApiProperty({ type: LastGroupSyncDto, nullable: true })
  lastSync!: LastGroupSyncDto | null;
}
