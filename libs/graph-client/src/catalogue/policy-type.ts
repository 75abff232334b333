export const POLICY_TYPE_KEYS = [
  'settingsCatalog',
  'deviceConfiguration',
  'deviceCompliancePolicy',
  'windowsDriverUpdateProfile',
  'iosManagedAppProtection',
  'androidManagedAppProtection',
] as const;
export type PolicyTypeKey = (typeof POLICY_TYPE_KEYS)[number];

/** How one kind of Intune policy is read, and which of its parts are not content. Everything here is a fact of Graph. */
export interface PolicyType {
  /** Stable; stored with every policy. */
  key: PolicyTypeKey;
  label: string;
  category: string;
  /** The collection, with the version. */
  path: string;
  nameField: 'name' | 'displayName';
  scopeTagField: 'roleScopeTagIds' | null;
  /** Every `@odata.type` of the collection, or that the list says it for each object of a polymorphic collection. */
  odataTypes: readonly string[] | 'from list';
  /** The type of objects that come without `@odata.type`. */
  impliedOdataType?: string;
  /** `$expand` of the list request. */
  expand?: string;
  /** `$expand` of the item request; where it is given, the item is needed besides the list. */
  itemExpand?: string;
  /** `own-collection`: at `{path}/{id}/settings`; `inline`: properties of the object itself. */
  settings: 'own-collection' | 'inline';
  /** `own-collection`: at `{path}/{id}/assignments`. */
  assignments: 'own-collection' | 'expanded-on-list';
  /** Top-level properties that change although nobody changed the policy; never part of a version. */
  volatileFields: readonly string[];
  /** Top-level properties that Graph sets and refuses on create. */
  readOnlyFields: readonly string[];
  /**
   * Where secrets may sit: names joined by `.`, `[]` = every element, `**` = at any depth (zero included),
   * `{type}` = only in objects of that `@odata.type`.
   */
  secretPaths: readonly string[];
  /** Application permission that reading needs. */
  permission: string;
  /** Objects per page of the list, as Graph serves it unasked. */
  pageSize: 25 | 1000;
  /** What the list leaves out unless expanded; its absence there says nothing. */
  listLacks: readonly string[];
}
