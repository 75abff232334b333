import { ApiProperty } from '@nestjs/swagger';

/** How an imported policy stands to the tenant's newest inventory. */
export const IMPORT_STATES = ['equal', 'different', 'not_in_tenant', 'ambiguous', 'not_compared'] as const;

export class ImportedChangeDto {
  @ApiProperty({ description: 'As in a diff of two versions; the tenant is before, the file after.' })
  path!: string;
  @ApiProperty({ enum: ['added', 'removed', 'changed'] })
  change!: 'added' | 'removed' | 'changed';
  @ApiProperty({ enum: ['settings', 'properties', 'name', 'assignments'] })
  section!: 'settings' | 'properties' | 'name' | 'assignments';
}

export class ImportedPolicyDto {
  @ApiProperty({ description: 'Its path in the archive; `#2` is the second object of a file that holds several.' })
  file!: string;
  type!: string;
  typeLabel!: string;
  @ApiProperty({ type: String, nullable: true, description: "Graph's id; null where the tool leaves it out." })
  externalId!: string | null;
  name!: string;
  @ApiProperty({ type: String, nullable: true })
  platform!: string | null;
  @ApiProperty({ description: 'Settings that the file holds, counted at the top level.' })
  settings!: number;
  @ApiProperty({ description: 'Parts of the policy that the file leaves out; such a policy is not compared.' })
  missing!: string[];
  @ApiProperty({ description: 'False where the file has no assignments, or names groups instead of their ids.' })
  assignmentsComparable!: boolean;
  @ApiProperty({ description: 'False where the file names scope tags instead of their ids.' })
  scopeTagsComparable!: boolean;
  @ApiProperty({ description: 'Secrets that are masked in the file or were masked here.' })
  secretsMasked!: number;
  @ApiProperty({
    enum: IMPORT_STATES,
    description: '`ambiguous`: several policies have this name. `not_compared`: the file leaves something out.',
  })
  state!: (typeof IMPORT_STATES)[number];
  @ApiProperty({ type: String, nullable: true, description: "The tenant's policy that it was compared with." })
  policyId!: string | null;
  changeCount!: number;
  @ApiProperty({ type: [ImportedChangeDto], description: 'The first hundred.' })
  changes!: ImportedChangeDto[];
}

export class UnreadableFileDto {
  file!: string;
  @ApiProperty({ description: '`file.not_json`, `file.unknown_type`, ...' })
  code!: string;
  @ApiProperty({ description: 'Why, in words.' })
  reason!: string;
}

export class OnlyInTenantDto {
  policyId!: string;
  type!: string;
  name!: string;
}

export class ImportReportDto {
  @ApiProperty({ type: [ImportedPolicyDto] })
  policies!: ImportedPolicyDto[];
  @ApiProperty({ type: [UnreadableFileDto] })
  unreadable!: UnreadableFileDto[];
  @ApiProperty({ description: 'Files that hold no policy by their name: scripts, pictures, lists of groups.' })
  ignored!: number;
  @ApiProperty({ type: [OnlyInTenantDto], description: 'Of the types in the archive: policies that it does not have.' })
  onlyInTenant!: OnlyInTenantDto[];
}
