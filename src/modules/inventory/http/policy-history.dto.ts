import { IsString, MaxLength } from 'class-validator';
import { ApiProperty } from '@nestjs/swagger';
import { anyJson } from '../../../platform/http/any-json.js';
import { PolicyAssignmentDto, PolicySettingDto, PolicyVersionDto } from './inventory.dto.js';

export class PolicyVersionDetailDto extends PolicyVersionDto {
  @ApiProperty({ type: String, nullable: true })
  description!: string | null;
  @ApiProperty({ type: [PolicySettingDto] })
  settings!: PolicySettingDto[];
  @ApiProperty({ type: 'object', additionalProperties: true })
  properties!: Record<string, unknown>;
  @ApiProperty({ type: [PolicyAssignmentDto] })
  assignments!: PolicyAssignmentDto[];
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'As Graph gave it, less its secrets.' })
  raw!: Record<string, unknown>;
}

export class PolicyDiffQuery {
  /** The version before; its id. */
  @IsString()
  @MaxLength(64)
  from!: string;

  /** The version after; its id. Any two of one policy, in either order. */
  @IsString()
  @MaxLength(64)
  to!: string;
}

export class PolicyChangeDto {
  @ApiProperty({
    description:
      '`name`, `description`, `settings/<settingDefinitionId>`, `assignments/<target>[/<group>]`, else the property, dotted.',
  })
  path!: string;
  settingDefinitionId?: string;
  @ApiProperty(anyJson('Null where it was absent.'))
  before!: unknown;
  @ApiProperty(anyJson('Null where it is absent.'))
  after!: unknown;
  @ApiProperty({ enum: ['added', 'removed', 'changed'] })
  change!: 'added' | 'removed' | 'changed';
  @ApiProperty({ enum: ['settings', 'properties', 'name', 'assignments'] })
  section!: 'settings' | 'properties' | 'name' | 'assignments';
}

export class PolicyDiffDto {
  @ApiProperty({ type: PolicyVersionDto })
  from!: PolicyVersionDto;
  @ApiProperty({ type: PolicyVersionDto })
  to!: PolicyVersionDto;
  @ApiProperty({ type: [PolicyChangeDto], description: 'Empty for equal content.' })
  changes!: PolicyChangeDto[];
}
