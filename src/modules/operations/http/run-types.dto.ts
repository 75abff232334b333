import { ApiProperty } from '@nestjs/swagger';
import { PERMISSIONS, ROLES, type Permission, type Role } from '#libs/access-model/src/permissions.js';
import type { JsonSchema } from '../registry/payload-schema.js';

export class RunTypeLabelDto {
  /** What it is: "Inventory sync". */
  noun!: string;
  /** What it does while it runs: "Syncing the inventory". */
  doing!: string;
  done!: string;
  failed!: string;
}

export class RunReasonDto {
  /** Stable, lower case and dotted. */
  code!: string;
  /** One sentence with a next step. */
  message!: string;
}

export class RunRetryDto {
  @ApiProperty({
    enum: ['requeue', 'fail'],
    description:
      'After a lost worker: `requeue` gives the run to another, `fail` ends it and never repeats it by itself.',
  })
  onLeaseLost!: 'requeue' | 'fail';
  /** How often a worker may take the run; counts the first time. */
  maxAttempts!: number;
}

export class RunTypeDto {
  /** `resource.action`, as in a run's `type`. */
  kind!: string;
  /** Names that runs of earlier versions carry. */
  @ApiProperty({ type: [String] })
  formerKinds!: readonly string[];
  label!: RunTypeLabelDto;
  /** The permission that starting one needs. */
  @ApiProperty({ enum: PERMISSIONS })
  access!: Permission;
  /** The roles that hold it, weakest first. */
  @ApiProperty({ enum: ROLES, isArray: true })
  roles!: Role[];
  /** Whether the caller may start one in this tenant. */
  mayStart!: boolean;
  /** Why its items fail or are skipped and why it aborts, beside the common reasons. */
  @ApiProperty({ type: [RunReasonDto] })
  reasons!: RunReasonDto[];
  retry!: RunRetryDto;
  /** Longest working time in milliseconds. */
  timeoutMs!: number;
  /** Runs of this type that work at once in one tenant. */
  limitPerTenant!: number;
  /** Whether it may be put on a schedule. */
  schedulable!: boolean;
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'JSON Schema (draft 2020-12) of what a run works on.',
  })
  payloadSchema!: JsonSchema;
}

export class RunTypesDto {
  @ApiProperty({ type: [RunTypeDto] })
  items!: RunTypeDto[];
  /** The reasons that a run of every type may end with. */
  @ApiProperty({ type: [RunReasonDto] })
  commonReasons!: RunReasonDto[];
  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}
