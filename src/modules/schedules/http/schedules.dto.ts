import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsObject, IsOptional, IsString, MaxLength, MinLength, ValidateIf } from 'class-validator';
import type { Json } from '#libs/run-kit/src/run-type.js';
import { FIRING_RESULTS, type FiringResult } from '../schedule.js';

const CRON_DESCRIPTION =
  'Five fields: minute, hour, day of month, month, day of week, read on the clock of the time zone; at least five ' +
  'minutes between two ticks. A local time that is skipped when the clock is put forward ticks once, later by as much ' +
  '(a skipped midnight: not that day); ' +
  'one that comes twice when it is put back ticks the first time only, unless the cron ticks in every hour.';
const ZONE_DESCRIPTION = 'A name of the IANA time zone database, for example Europe/Berlin or UTC.';
const PAYLOAD_DESCRIPTION = 'What is started, as the kind takes it; empty for everything.';
const ANY_OBJECT = { type: 'object', additionalProperties: true } as const;

function trimmed({ value }: { value: unknown }): unknown {
  return typeof value === 'string' ? value.trim() : value;
}

/** For fields that may be left out but not set to null. */
function IfSent(): PropertyDecorator {
  return ValidateIf((_: object, value: unknown) => value !== undefined);
}

export class CreateScheduleDto {
  /** 1 to 200 characters, without the space around it. */
  @Transform(trimmed)
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  name!: string;

  /** One of schedules/kinds. */
  @IsString()
  @MaxLength(100)
  kind!: string;

  @ApiProperty({ description: CRON_DESCRIPTION, example: '30 3 * * *' })
  @IsString()
  @MaxLength(200)
  cron!: string;

  @ApiProperty({ description: ZONE_DESCRIPTION })
  @IsString()
  @MaxLength(100)
  timeZone!: string;

  /** True when left out. */
  @IsOptional()
  @IsBoolean()
  enabled?: boolean | null;

  @ApiPropertyOptional({ ...ANY_OBJECT, description: PAYLOAD_DESCRIPTION })
  @IsOptional()
  @IsObject()
  payload?: Record<string, Json> | null;
}

/** What is left out stays; a schedule's kind never changes. */
export class UpdateScheduleDto {
  /** 1 to 200 characters, without the space around it. */
  @Transform(trimmed)
  @IfSent()
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  name?: string;

  @ApiPropertyOptional({ description: CRON_DESCRIPTION, example: '30 3 * * *' })
  @IfSent()
  @IsString()
  @MaxLength(200)
  cron?: string;

  @ApiPropertyOptional({ description: ZONE_DESCRIPTION })
  @IfSent()
  @IsString()
  @MaxLength(100)
  timeZone?: string;

  @ApiPropertyOptional()
  @IfSent()
  @IsBoolean()
  enabled?: boolean;

  @ApiPropertyOptional({ ...ANY_OBJECT, description: PAYLOAD_DESCRIPTION })
  @IfSent()
  @IsObject()
  payload?: Record<string, Json>;
}

export class FiringDto {
  /** The time it was due. */
  @ApiProperty({ format: 'date-time' })
  tick!: string;
  /** The time it was acted on; later than `tick` when no worker was there. */
  @ApiProperty({ format: 'date-time' })
  firedAt!: string;
  @ApiProperty({ enum: FIRING_RESULTS })
  result!: FiringResult;
  /** Stable and dotted; null unless refused. */
  @ApiProperty({ type: String, nullable: true })
  code!: string | null;
  /** One sentence with a next step; null unless refused. */
  @ApiProperty({ type: String, nullable: true })
  reason!: string | null;
  /** The run that was started, was already active, or could not be handed to a worker. */
  @ApiProperty({ type: String, nullable: true })
  runId!: string | null;
}

export class ScheduleDto {
  id!: string;
  name!: string;
  kind!: string;
  /** The kind's name for people. */
  label!: string;
  @ApiProperty(ANY_OBJECT)
  payload!: Readonly<Record<string, Json>>;
  cron!: string;
  timeZone!: string;
  enabled!: boolean;
  createdByName!: string;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
  /** The next five ticks; none while it is off. */
  @ApiProperty({ type: 'array', items: { type: 'string', format: 'date-time' } })
  nextRuns!: string[];
  /** The newest tick that it fired for. */
  @ApiProperty({ type: FiringDto, nullable: true })
  lastFiring!: FiringDto | null;
}

export class SchedulePageDto {
  @ApiProperty({ type: [ScheduleDto] })
  items!: ScheduleDto[];
  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}

export class ScheduleKindDto {
  kind!: string;
  label!: string;
}

export class ScheduleKindsDto {
  @ApiProperty({ type: [ScheduleKindDto] })
  items!: ScheduleKindDto[];
}

export class TimingPreviewQuery {
  @ApiProperty({ description: CRON_DESCRIPTION, example: '30 3 * * *' })
  @IsString()
  @MaxLength(200)
  cron!: string;

  @ApiProperty({ description: ZONE_DESCRIPTION })
  @IsString()
  @MaxLength(100)
  timeZone!: string;
}

export class TimingPreviewDto {
  @ApiProperty({ type: 'array', items: { type: 'string', format: 'date-time' } })
  nextRuns!: string[];
}
