import { ApiProperty } from '@nestjs/swagger';

export class PolicyDependencyDto {
  @ApiProperty({
    description: 'A key of `policy-types`, or `group`, `user`, `application`, `role`, `policyTemplate`.',
  })
  type!: string;
  @ApiProperty({ description: "Graph's id of it." })
  externalId!: string;
  @ApiProperty({
    description:
      '`assignment`, `exclusion`, `assignmentFilter`, `scopeTag`, `template`, else the path of the property.',
  })
  via!: string;
  @ApiProperty({ type: String, nullable: true, description: 'The policy in the inventory; null when it is not there.' })
  policyId!: string | null;
  @ApiProperty({ type: String, nullable: true })
  name!: string | null;
  @ApiProperty({ type: Boolean, nullable: true, description: 'Whether the tenant still has it; null when not known.' })
  present!: boolean | null;
}

export class PolicyDependenciesDto {
  @ApiProperty({ type: [PolicyDependencyDto], description: 'What the policy refers to.' })
  uses!: PolicyDependencyDto[];
  @ApiProperty({ type: [PolicyDependencyDto], description: 'Which policies of the tenant refer to it.' })
  usedBy!: PolicyDependencyDto[];
}
