import { Transform } from 'class-transformer';
import { IsArray, IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { POLICY_TYPES } from '#libs/graph-client/src/catalogue/policy-types.js';
import { PageQuery } from '../../../platform/http/page.js';
import { ASSIGNMENT_STATES, type AssignmentState, type PolicyFilter } from '../data/policy-filter.js';
import { COVERAGE_STATES, type CoverageState } from '../sync/coverage.js';

/** Several values in one parameter, separated by commas. */
function split({ value }: { value: unknown }): unknown {
  return typeof value === 'string' ? value.split(',').filter((part) => part !== '') : value;
}

/** What a list of policies is narrowed to. Several values of one parameter: any of them; several parameters: all. */
export class PolicyFilterQuery {
  /** Keys of policy types, separated by commas. */
  @ApiProperty({ required: false, type: [String] })
  @IsOptional()
  @Transform(split)
  @IsArray()
  @IsString({ each: true })
  @MaxLength(64, { each: true })
  type?: string[];

  /** Categories of policy types, separated by commas. */
  @ApiProperty({ required: false, type: [String] })
  @IsOptional()
  @Transform(split)
  @IsArray()
  @IsString({ each: true })
  @MaxLength(64, { each: true })
  category?: string[];

  /** `windows`, `macOS`, ..., `none`, separated by commas. */
  @ApiProperty({ required: false, type: [String] })
  @IsOptional()
  @Transform(split)
  @IsArray()
  @IsString({ each: true })
  @MaxLength(64, { each: true })
  platform?: string[];

  @ApiProperty({ required: false, enum: COVERAGE_STATES, isArray: true })
  @IsOptional()
  @Transform(split)
  @IsArray()
  @IsIn(COVERAGE_STATES, { each: true })
  coverage?: CoverageState[];

  @ApiProperty({ required: false, enum: ASSIGNMENT_STATES, isArray: true })
  @IsOptional()
  @Transform(split)
  @IsArray()
  @IsIn(ASSIGNMENT_STATES, { each: true })
  assignment?: AssignmentState[];

  /** Ids of scope tags, separated by commas. */
  @ApiProperty({ required: false, type: [String] })
  @IsOptional()
  @Transform(split)
  @IsArray()
  @IsString({ each: true })
  @MaxLength(64, { each: true })
  scopeTag?: string[];

  /** A part of the name or of the description, in any case. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  q?: string;

  /** Also policies that are not in the tenant any more. */
  @ApiProperty({ required: false, enum: ['true', 'false'] })
  @IsOptional()
  @IsIn(['true', 'false'])
  includeRemoved?: 'true' | 'false';
}

export class PoliciesQuery extends IntersectionType(PageQuery, PolicyFilterQuery) {
  /** By name, or what changed last first. */
  @ApiProperty({ required: false, enum: ['name', 'changed'], default: 'name' })
  @IsOptional()
  @IsIn(['name', 'changed'])
  sort?: 'name' | 'changed';
}

export class FacetValueDto {
  value!: string;
  label!: string;
  @ApiProperty({ description: 'Policies that have it, under the filters of the other facets.' })
  count!: number;
}

/** Values by count, then by label; a value that no policy has is left out. */
export class PolicyFacetsDto {
  @ApiProperty({ description: 'Policies that match all filters.' })
  total!: number;
  @ApiProperty({ type: [FacetValueDto] })
  type!: FacetValueDto[];
  @ApiProperty({ type: [FacetValueDto] })
  category!: FacetValueDto[];
  @ApiProperty({ type: [FacetValueDto] })
  platform!: FacetValueDto[];
  @ApiProperty({ type: [FacetValueDto] })
  coverage!: FacetValueDto[];
  @ApiProperty({ type: [FacetValueDto] })
  assignment!: FacetValueDto[];
  @ApiProperty({ type: [FacetValueDto] })
  scopeTag!: FacetValueDto[];
}

/** An empty list is what a cleared field of a form sends: it narrows nothing. */
export function filterOf(query: PolicyFilterQuery): PolicyFilter {
  const { type, category, platform, coverage, assignment, scopeTag, q, includeRemoved } = query;
  return {
    ...(type?.length ? { types: type } : {}),
    ...(category?.length ? { typesOfCategories: typesOfCategories(category) } : {}),
    ...(platform?.length ? { platforms: platform } : {}),
    ...(coverage?.length ? { coverage } : {}),
    ...(assignment?.length ? { assignment } : {}),
    ...(scopeTag?.length ? { scopeTags: scopeTag } : {}),
    ...(q ? { text: q } : {}),
    includeRemoved: includeRemoved === 'true',
  };
}

function typesOfCategories(categories: readonly string[]): string[] {
  return POLICY_TYPES.filter(({ category }) => categories.includes(category)).map(({ key }) => key);
}
