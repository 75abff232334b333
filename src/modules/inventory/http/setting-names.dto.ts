import { ApiProperty } from '@nestjs/swagger';

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
