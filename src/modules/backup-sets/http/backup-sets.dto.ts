import { ApiProperty } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsOptional,
  IsString,
  MaxLength,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { MOST_POLICIES } from '../runs/add-policies.run-type.js';

function trimmed({ value }: { value: unknown }): unknown {
  return typeof value === 'string' ? value.trim() : value;
}

export class CreateBackupSetDto {
  /** 1 to 200 characters, without the space around it. */
  @Transform(trimmed)
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  name!: string;

  @IsOptional()
  @Transform(trimmed)
  @IsString()
  @MaxLength(2000)
  description?: string | null;
}

export class IncludeOptionsDto {
  /** Keep who the policy is assigned to. */
  @IsOptional()
  @IsBoolean()
  includeAssignments?: boolean;

  /** Keep the policy's scope tags. */
  @IsOptional()
  @IsBoolean()
  includeScopeTags?: boolean;
}

export class AddPoliciesDto {
  /** Ids of policies of the inventory, 1 to 5,000; an unknown one fails as an item of the run. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_POLICIES)
  @IsString({ each: true })
  @MinLength(1, { each: true })
  @MaxLength(64, { each: true })
  policyIds!: string[];

  /** Everything is kept unless it is left out here. */
  @IsOptional()
  @ValidateNested()
  @Type(() => IncludeOptionsDto)
  options?: IncludeOptionsDto;
}

export class BackupSetDto {
  id!: string;
  name!: string;
  @ApiProperty({ type: String, nullable: true })
  description!: string | null;
  createdByName!: string;
  createdAt!: string;
  itemCount!: number;
  /** Whether it holds something and every item was read to the end when it was taken. */
  complete!: boolean;
}

export class BackupSetPageDto {
  items!: BackupSetDto[];
  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}

export class BackupSetItemDto {
  id!: string;
  policyId!: string;
  versionId!: string;
  type!: string;
  externalId!: string;
  name!: string;
  includeAssignments!: boolean;
  includeScopeTags!: boolean;
  complete!: boolean;
  /** The operation run that added it. */
  addedRunId!: string;
  addedAt!: string;
}

export class BackupSetItemPageDto {
  items!: BackupSetItemDto[];
  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}
