import { ADMINISTRATION } from './collections/administration.js';
import { APP_POLICIES } from './collections/app-policies.js';
import { APP_COLLECTIONS } from './collections/apps.js';
import { CLOUD_PCS } from './collections/cloud-pc.js';
import type { CollectionKey, CollectionSpec } from './collections/collection-spec.js';
import { COMPLIANCE } from './collections/compliance.js';
import { CONDITIONAL_ACCESS } from './collections/conditional-access.js';
import { CONFIGURATION_COLLECTIONS } from './collections/configuration.js';
import { ENROLLMENT } from './collections/enrollment.js';
import { SCRIPT_COLLECTIONS } from './collections/scripts.js';
import { SETTINGS_CATALOG } from './collections/settings-catalog.js';
import { WINDOWS_UPDATE } from './collections/windows-update.js';

export type * from './collections/collection-spec.js';

/**
 * Every collection that is simulated, and how Graph serves it. Page sizes, statuses, list and item differences: tools and
 * issue reports collected in the Graph contract.
 */
export const COLLECTIONS: readonly CollectionSpec[] = [
  ...SETTINGS_CATALOG,
  ...CONFIGURATION_COLLECTIONS,
  ...COMPLIANCE,
  ...SCRIPT_COLLECTIONS,
  ...WINDOWS_UPDATE,
  ...APP_POLICIES,
  ...APP_COLLECTIONS,
  ...ENROLLMENT,
  ...ADMINISTRATION,
  ...CONDITIONAL_ACCESS,
  ...CLOUD_PCS,
];

const BY_KEY = new Map(COLLECTIONS.map((spec) => [spec.key, spec]));
const BY_PATH = new Map(COLLECTIONS.map((spec) => [pathOf(spec).toLowerCase(), spec]));
const LONGEST_PATH = Math.max(...[...BY_PATH.keys()].map((path) => path.split('/').length));

/** Path of the collection below the version, without a leading slash. */
export function pathOf(spec: Pick<CollectionSpec, 'root' | 'segment'>): string {
  return `${spec.root}/${spec.segment}`;
}

/** The collection that a path leads to, and the segments beyond it; Graph's segments are matched without regard to case. */
export function findCollection(segments: readonly string[]): { spec: CollectionSpec; rest: string[] } | undefined {
  for (let length = Math.min(LONGEST_PATH, segments.length); length > 1; length -= 1) {
    const spec = BY_PATH.get(segments.slice(0, length).join('/').toLowerCase());
    if (spec !== undefined) return { spec, rest: segments.slice(length) };
  }
  return undefined;
}

/** The collection of a known key. */
export function collectionOf(key: CollectionKey): CollectionSpec {
  const spec = BY_KEY.get(key);
  if (spec === undefined) throw new Error(`The simulator has no collection ${key}.`);
  return spec;
}
