import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayNotEmpty,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  MaxLength,
  MinLength,
} from 'class-validator';
import { POLICY_TYPES } from '#libs/graph-client/src/catalogue/policy-types.js';
import { LAYOUTS, type Layout } from '#libs/policy-folders/src/folder-names.js';
import { defineRunType } from '#libs/run-kit/src/run-type.js';

export const DEFAULT_LAYOUT: Layout = 'intuneManagement';

/** The most policies that one export names by id; a whole tenant fits, and needs no ids. */
const MOST_IDS = 5_000;

/** Which policies to export: those named by id, or those of the tenant by type and name; without any, all of them. */
export class BulkExportPayload {
  /** Ids of policies of the inventory, 1 to 5,000; an unknown one fails as an item of the run. */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_IDS)
  @IsString({ each: true })
  @MinLength(1, { each: true })
  @MaxLength(64, { each: true })
  policyIds?: string[];

  /** Keys of policy types. */
  @IsOptional()
  @IsArray()
  @ArrayNotEmpty()
  @IsIn(POLICY_TYPES.map(({ key }) => key), { each: true })
  types?: string[];

  /** A part of the name or of the description, in any case. */
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  q?: string;

  /** Which tool's folders the archive has; IntuneManagement's when left out. */
  @IsOptional()
  @IsIn(LAYOUTS)
  layout?: Layout;
}

export const BulkExport = defineRunType({
  kind: 'policy.bulk_export',
  payload: BulkExportPayload,
  label: {
    noun: 'Policy export',
    doing: 'Exporting policies',
    done: 'Policies exported',
    failed: 'Exporting policies failed',
  },
  reasons: {
    'inventory.policy_unknown': 'This tenant has no policy with this id. Choose it from the inventory.',
    'policy_export.incomplete':
      'The newest sync could not read all of this policy, so it is not in the archive. Run a sync, then export it again.',
    'policy_export.too_large': 'This is more than one archive may hold. Export it in parts, by type or by name.',
  },
  access: 'inventory:export',
  queue: 'policy-export',
  identity: ({ policyIds, types, q, layout }) => ({
    policyIds: policyIds ? [...new Set(policyIds)].sort() : null,
    types: types ? [...new Set(types)].sort() : null,
    q: q?.toLowerCase() ?? null,
    layout: layout ?? DEFAULT_LAYOUT,
  }),
  relatedLinks: ({ context }) => {
    const { exportId } = context;
    return typeof exportId === 'string'
      ? [{ rel: 'archive', label: 'Download the archive', href: `/exports/${exportId}` }]
      : [];
  },
  onLeaseLost: 'requeue',
  maxAttempts: 3,
  timeoutMs: 30 * 60_000,
  limitPerTenant: 1,
});
