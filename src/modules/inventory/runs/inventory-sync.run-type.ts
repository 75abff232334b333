import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsBoolean,
  IsOptional,
  IsString,
  Length,
  ValidateNested,
} from 'class-validator';
import { defineRunType } from '#libs/run-kit/src/run-type.js';
import { normaliseSelection, scopeKeyOf } from '../sync/selection.js';

/** What to sync; what is left out means everything that is supported. */
export class InventorySelection {
  /** Keys of policy types; with `categories`, what is in either. */
  @IsOptional()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @Length(1, 64, { each: true })
  policyTypes?: string[];

  @IsOptional()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @Length(1, 64, { each: true })
  categories?: string[];

  /** Scope tags, filters and the like; true when left out. */
  @IsOptional()
  @IsBoolean()
  includeFoundations?: boolean;

  /** What the selected policies refer to; true when left out. */
  @IsOptional()
  @IsBoolean()
  includeDependencies?: boolean;
}

export class InventorySyncPayload {
  @IsOptional()
  @ValidateNested()
  @Type(() => InventorySelection)
  selection?: InventorySelection;
}

export const InventorySyncRun = defineRunType({
  kind: 'inventory.sync',
  payload: InventorySyncPayload,
  label: {
    noun: 'Inventory sync',
    doing: 'Syncing the inventory',
    done: 'Inventory synced',
    failed: 'Inventory sync failed',
  },
  reasons: {
    'inventory.type_partial':
      'Some policies of this type could not be read whole; they keep their last state. Run the sync again.',
    'inventory.unsupported_licence':
      'The tenant has no licence for what this type configures, so there is nothing to read. Nothing is to be done.',
    'inventory.superseded':
      'A newer sync has read this type meanwhile, so this reading was dropped. Nothing is to be done.',
    'inventory.nothing_selected': 'This version reads none of the selected policy types. Choose others.',
  },
  access: 'inventory:sync',
  queue: 'inventory',
  identity: ({ selection }) => ({ scopeKey: scopeKeyOf(normaliseSelection(selection)) }),
  relatedLinks: ({ context }) => {
    const { syncRunId } = context;
    const inventory = { rel: 'inventory', label: 'Inventory', href: '/inventory/policies' };
    if (typeof syncRunId !== 'string') return [inventory];
    return [{ rel: 'sync-run', label: 'Sync run', href: `/inventory/sync-runs/${syncRunId}` }, inventory];
  },
  onLeaseLost: 'requeue',
  maxAttempts: 3,
  timeoutMs: 30 * 60_000,
  limitPerTenant: 1,
  schedule: { request: InventorySyncPayload },
});
