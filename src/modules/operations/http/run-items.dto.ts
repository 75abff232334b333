import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { ITEM_RESULTS, type ItemResult } from '#libs/run-kit/src/run-outcome.js';
import { PageQuery } from '../../../platform/http/page.js';
import { split } from './operations.dto.js';

/** What a run's items are narrowed to. */
export class ItemsFilter {
  @ApiProperty({ required: false, enum: ITEM_RESULTS, isArray: true })
  @IsOptional()
  @Transform(split)
  @IsArray()
  @IsIn(ITEM_RESULTS, { each: true })
  result?: ItemResult[];

  /** Only items with one of these reasons, e.g. `graph.throttled,graph.forbidden`. */
  @ApiProperty({ required: false, type: [String] })
  @IsOptional()
  @Transform(split)
  @IsArray()
  @ArrayMaxSize(10)
  @IsString({ each: true })
  @MaxLength(100, { each: true })
  reasonCode?: string[];
}

export class ItemsQuery extends IntersectionType(PageQuery, ItemsFilter) {}
