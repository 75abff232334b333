/** Whose published limits a request counts against. */
export type GraphBudget = 'intune' | 'conditionalAccess' | 'directory';

/** What stands below each element of a child collection. */
export interface GrandchildCollection {
  /** Property of the element that holds it; null: the answer is the element itself, whole. */
  name: string | null;
  /** Below the element's own path; with a leading `/` the whole path, where `{id}` is the element's id. */
  path: string;
  query?: Readonly<Record<string, string>>;
  /** See {@link ChildCollection.keyedBy}. */
  keyedBy?: string;
  /** Elements whose property has this value have none, so that the request is saved. */
  noneWhen?: { field: string; is: string | number | boolean | null };
  /**
   * With the name null: one list holds the elements of all objects, and is read in their place. An element that it does
   * not name, or of which it leaves out one of `tells`, is still read by itself.
   */
  list?: { path: string; tells: readonly string[] };
}

/** A collection below each object, read to its end and kept under its name as part of the object. */
export interface ChildCollection {
  /** Property of the read object: `settings`, `definitionValues`, `localizedNotificationMessages`, ... */
  name: string;
  /** Below the object's own path; empty: the object itself. */
  path: string;
  query?: Readonly<Record<string, string>>;
  /** Comes with the list by its `$expand`; the path is read only where the list tells nothing or less than Graph counts. */
  onList?: true;
  /** The answer is one object, whose property `name` is what is kept (null when it has none); no collection, no pages. */
  single?: true;
  /** Property of the object that says how many there are, where Graph tells it. */
  countField?: string;
  /** What to `$expand` to be told with each element what it is called: `settingDefinitions`. */
  definitions?: string;
  /**
   * A relation to other policies, `one` or `many`: its members' ids are kept, for the rest of them is their own. It stands
   * behind a cast to the object's type; one to a single policy that leads nowhere is answered with 404.
   */
  relation?: 'one' | 'many';
  /** Only of objects of these `@odata.type`s. */
  odataTypes?: readonly string[];
  /**
   * Where an element says what it is, names joined by `.`: `settingInstance.settingDefinitionId`, `definition.id`,
   * `locale`. Two readings are compared by it, never by position. Left out: the elements are a set.
   */
  keyedBy?: string;
  /** A collection below each element. */
  each?: GrandchildCollection;
}

/** One endpoint of Graph and how all of it is read. Objects of one collection may be of several policy types. */
export interface GraphCollection {
  /** The path's last segment, or a name of its own where that is not unique. */
  key: string;
  /** With the version: `/beta/deviceManagement/configurationPolicies`. */
  path: string;
  shape: 'list' | 'singleton';
  budget: GraphBudget;
  /** Objects per page of the list, as Graph serves it unasked. */
  pageSize: number;
  listQuery?: Readonly<Record<string, string>>;
  /** The object is read by itself, too, because the list leaves something out that no `$expand` brings. */
  item?: { query?: Readonly<Record<string, string>>; odataTypes?: readonly string[] };
  children: readonly ChildCollection[];
  /**
   * `own-collection`: at `{path}/{id}/assignments`; `expanded`: with list or item by `$expand`; `inline`: a part of the
   * object that is no assignment to Graph (conditional access); `none`: there is no such thing.
   */
  assignments: 'own-collection' | 'expanded' | 'inline' | 'none';
  /** What the list leaves out unless expanded; its absence there says nothing of the object. */
  lacks: readonly string[];
  /** Application permissions; any of each is enough, the first is the least. */
  permissions: { read: readonly string[]; write: readonly string[] };
  /** A tenant without it answers 403 or 404 for the whole collection: `unsupported_licence`, not `forbidden`. */
  licence?: string;
}

/** How an object can come back: made anew, changed in place, made through another action, by hand, or not at all. */
export type RestoreKind = 'create' | 'update-only' | 'template' | 'manual' | 'none';

/** One row of the catalogue: a kind of policy or foundation. Everything here is a fact of Graph. */
export interface PolicyType {
  /** Stable; stored with every policy. */
  key: string;
  label: string;
  category: string;
  kind: 'policy' | 'foundation';
  collection: GraphCollection;
  /**
   * Which objects of a collection that several types share are of this one. Of those types exactly one leaves it out and
   * takes the rest.
   */
  is?: {
    odataTypes?: readonly string[];
    templateFamilies?: readonly string[];
    /** For types that only a property of the object tells apart. */
    where?: { field: string; equals: string | number | boolean };
  };
  /** Null: the objects have no name, and are called by the label. */
  nameField: 'name' | 'displayName' | 'profileName' | 'fileName' | 'tokenName' | null;
  scopeTagField: 'roleScopeTagIds' | 'roleScopeTags' | 'scopeIds' | null;
  /** Every `@odata.type` of this type, or that the list says it for each object of a polymorphic collection. */
  odataTypes: readonly string[] | 'from list';
  /** The type of objects that come without `@odata.type`. */
  impliedOdataType?: string;
  /**
   * Properties that change although nobody changed the policy; never part of a version. Those inside of a collection in
   * the language of {@link secretPaths}.
   */
  volatileFields: readonly string[];
  /** Top-level properties that Graph refuses on create. Those that are not volatile besides are content all the same. */
  readOnlyFields: readonly string[];
  /**
   * Where secrets may sit: names joined by `.`, `[]` = every element, `**` = at any depth (zero included),
   * `{type}` = only in objects of that `@odata.type`.
   */
  secretPaths: readonly string[];
  /** Where base64 text of scripts and profiles sits, in the same language: shown decoded, compared as bytes. */
  base64Fields?: readonly string[];
  restore: RestoreKind;
  /**
   * Where ids of other objects stand besides assignments and scope tags, in the same language, and the type key they lead
   * to; `group`, `user`, `application` and `role` for what the directory holds.
   */
  references?: readonly { path: string; to: string }[];
}
