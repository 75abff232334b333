import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsNumberString,
  IsString,
  MaxLength,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { defineRunType } from '#libs/run-kit/src/run-type.js';

/** The most policies that one run adds; a whole tenant fits. */
export const MOST_POLICIES = 5_000;

export class AddPoliciesOptions {
  @IsBoolean()
  includeAssignments!: boolean;

  @IsBoolean()
  includeScopeTags!: boolean;
}

export class AddPoliciesPayload {
  @IsNumberString({ no_symbols: true })
  @MaxLength(19)
  backupSetId!: string;

  /** The set's name when it was started, for lists; it changes nothing of the work. */
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  backupSetName!: string;

  /** What a caller names, so that an id which is none fails as an item and not the whole run. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_POLICIES)
  @IsString({ each: true })
  @MinLength(1, { each: true })
  @MaxLength(64, { each: true })
  policyIds!: string[];

  @ValidateNested()
  @Type(() => AddPoliciesOptions)
  options!: AddPoliciesOptions;
}

export const AddPolicies = defineRunType({
  kind: 'backup_set.add_policies',
  payload: AddPoliciesPayload,
  label: {
    noun: 'Add policies to backup set',
    doing: 'Adding policies to the backup set',
    done: 'Policies added to the backup set',
    failed: 'Adding policies to the backup set failed',
  },
  reasons: {
    'backup_set.set_gone': 'The backup set is not there any more. Choose another set.',
    'backup_set.policy_unknown': 'This tenant has no policy with this id. Choose it from the inventory.',
    'backup_set.policy_removed': 'The policy is not in the tenant any more. Add it from an older set, or leave it out.',
    'backup_set.already_in_set': 'The set holds this policy already, so nothing was changed.',
  },
  access: 'backup-sets:write',
  queue: 'backup-sets',
  identity: ({ backupSetId, policyIds, options }) => ({
    backupSetId,
    policyIds: [...new Set(policyIds)].sort(),
    options: { includeAssignments: options.includeAssignments, includeScopeTags: options.includeScopeTags },
  }),
  subject: ({ backupSetId, backupSetName }) => ({ type: 'backup_set', id: backupSetId, name: backupSetName }),
  relatedLinks: ({ payload }) => [
    { rel: 'backup-set', label: 'Backup set', href: `/backup-sets/${payload.backupSetId}` },
  ],
  onLeaseLost: 'requeue',
  maxAttempts: 3,
  timeoutMs: 30 * 60_000,
  limitPerTenant: 2,
});
