import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsString, MaxLength } from 'class-validator';
import { ApiProperty } from '@nestjs/swagger';
import { RUN_OUTCOMES, type TerminalOutcome } from '#libs/run-kit/src/run-outcome.js';
import { split } from './operations.dto.js';

export class DurationsQuery {
  /** Run types, e.g. `inventory.sync,drift.generate`; ten at most. */
  @ApiProperty({ type: [String] })
  @Transform(split)
  @IsArray()
  @ArrayMaxSize(10)
  @IsString({ each: true })
  @MaxLength(64, { each: true })
  type!: string[];
}

export class WorkedRunDto {
  id!: string;
  @ApiProperty({ enum: RUN_OUTCOMES.filter((outcome) => outcome !== 'pending') })
  outcome!: TerminalOutcome;
  @ApiProperty({ format: 'date-time' })
  startedAt!: string;
  /** Milliseconds from the first worker that took it to the end. */
  workedMs!: number;
}

export class RunTypeDurationsDto {
  type!: string;
  label!: string;
  /** Half of the runs that succeeded, wholly or in part, took at most this; null without one. */
  @ApiProperty({ type: Number, nullable: true })
  p50Ms!: number | null;
  /** Nine of ten took at most this. */
  @ApiProperty({ type: Number, nullable: true })
  p90Ms!: number | null;
  /** The newest completed runs that a worker had, newest first, fifty at most. */
  @ApiProperty({ type: [WorkedRunDto] })
  runs!: WorkedRunDto[];
}

export class RunDurationsDto {
  @ApiProperty({ type: [RunTypeDurationsDto] })
  items!: RunTypeDurationsDto[];
  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}
