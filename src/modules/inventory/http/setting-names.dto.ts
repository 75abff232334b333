import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsOptional, IsString, MaxLength } from 'class-validator';
import { ApiProperty } from '@nestjs/swagger';

/** Ids of versions, separated by commas. */
function split({ value }: { value: unknown }): unknown {
  return typeof value === 'string' ? value.split(',').filter((part) => part !== '') : value;
}

export class SettingNamesQuery {
  /** Of which versions of the policy, at most 10, separated by commas; of the current one when left out. */
  @ApiProperty({ required: false, type: [String] })
  @IsOptional()
  @Transform(split)
  @IsArray()
  @ArrayMaxSize(10)
  @IsString({ each: true })
  @MaxLength(64, { each: true })
  version?: string[];
}

export class SettingNameDto {
  settingDefinitionId!: string;
  @ApiProperty({ description: 'What the Intune portal calls the setting.' })
  name!: string;
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'What it calls the choices that this policy makes, by their value.',
  })
  choices!: Record<string, string>;
}

export class SettingNamesDto {
  @ApiProperty({ type: [SettingNameDto], description: 'Those that are known; nested settings included.' })
  items!: SettingNameDto[];
  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}
