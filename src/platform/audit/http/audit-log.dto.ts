import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsDate, IsOptional, IsString, MaxDate, MaxLength, MinDate } from 'class-validator';
import { PageQuery } from '../../http/page.js';
import type { AuditValues } from '../audit-entry.js';

/** What PostgreSQL and `Date` both write with four digits for the year. */
const EARLIEST = new Date('0001-01-01T00:00:00Z');
const LATEST = new Date('9999-12-31T23:59:59Z');

/** Several values in one parameter, separated by commas. */
function split({ value }: { value: unknown }): unknown {
  return typeof value === 'string' ? value.split(',').filter((part) => part !== '') : value;
}

export class AuditLogQuery extends PageQuery {
  /** A user's id, or an actor's whole name; `System` for schedules. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  actor?: string;

  /** Actions, e.g. `inventory.sync.start,auth.sign_in`. */
  @ApiProperty({ required: false, type: [String] })
  @IsOptional()
  @Transform(split)
  @IsArray()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @MaxLength(100, { each: true })
  action?: string[];

  /** The kind of thing, e.g. `backup_set`. */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  subjectType?: string;

  /** Stands in the thing's name or id, or in the actor's name, in any case. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  q?: string;

  /** At or after this time, ISO 8601. */
  @IsOptional()
  @Type(() => Date)
  @IsDate()
  @MinDate(EARLIEST)
  @MaxDate(LATEST)
  from?: Date;

  /** Before this time, ISO 8601. */
  @IsOptional()
  @Type(() => Date)
  @IsDate()
  @MinDate(EARLIEST)
  @MaxDate(LATEST)
  to?: Date;
}

const VALUES: ApiPropertyOptions = {
  type: 'object',
  additionalProperties: { nullable: true, oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }] },
  nullable: true,
};

export class AuditChangeDto {
  @ApiProperty(VALUES)
  before!: AuditValues | null;
  @ApiProperty(VALUES)
  after!: AuditValues | null;
}

export class AuditEntryDto {
  id!: string;
  @ApiProperty({ format: 'date-time' })
  at!: string;
  @ApiProperty({ enum: ['user', 'system'] })
  actorKind!: 'user' | 'system';
  @ApiProperty({ type: String, nullable: true })
  actorId!: string | null;
  /** The actor's name at that time. */
  actorName!: string;
  /** Dotted, `thing.verb`. */
  action!: string;
  subjectType!: string;
  subjectId!: string;
  @ApiProperty({ type: String, nullable: true })
  subjectName!: string | null;
  /** The network address the call came from; null for the system. */
  @ApiProperty({ type: String, nullable: true })
  address!: string | null;
  @ApiProperty({ type: String, nullable: true })
  userAgent!: string | null;
  /** The same on every entry, log line and run of one call. */
  correlationId!: string;
  /** What a change made of what; null for entries that are told by their words alone. */
  @ApiProperty({ type: AuditChangeDto, nullable: true })
  change!: AuditChangeDto | null;
}

export class AuditLogPageDto {
  @ApiProperty({ type: [AuditEntryDto] })
  items!: AuditEntryDto[];
  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}
