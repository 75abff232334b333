/**
 * The least requests that can read a tenant whole, from the rules of the wire (graph-contract, sections 1.4, 1.5 and 2): a page
 * holds so many objects, and what a list leaves out costs a request for each object. A `$batch` saves round trips, but Graph
 * counts its members, so it changes nothing here.
 */

/** Objects per page where it is not 1,000. */
/** @type {Record<string, number>} */
const PAGES = { configurationPolicies: 25 };

/**
 * Requests beside the list for one object of a collection.
 * @type {Record<string, (object: any) => number>}
 */
const PER_OBJECT = {
  configurationPolicies: () => 2, // settings, assignments
  compliancePolicies: () => 2, // scheduled actions, assignments; settings come with the list
  intents: () => 2, // settings, assignments
  // Definition values of one policy are one list; each that is enabled has presentation values of its own.
  groupPolicyConfigurations: ({ definitionValues = [] }) =>
    1 + definitionValues.filter((/** @type {any} */ value) => value.enabled !== false).length,
  deviceManagementScripts: () => 1,
  deviceHealthScripts: () => 1,
  deviceShellScripts: () => 1,
  deviceCustomAttributeShellScripts: () => 1,
  deviceComplianceScripts: () => 1,
  // Scope tags are on the item alone; supersedence and dependencies of Windows apps with an installer have a path of their own.
  mobileApps: ({ '@odata.type': type }) => 1 + (WITH_RELATIONSHIPS.has(type) ? 1 : 0),
  iosManagedAppProtections: () => 1, // its apps
  androidManagedAppProtections: () => 1,
  windowsManagedAppProtections: () => 1,
  targetedManagedAppConfigurations: () => 1,
  reusablePolicySettings: () => 1,
  policySets: () => 1, // its items
};

const WITH_RELATIONSHIPS = new Set(['#microsoft.graph.win32LobApp', '#microsoft.graph.win32CatalogApp']);

/** Conditional access and what belongs to it count against a limit of their own: one a second. */
const CONDITIONAL_ACCESS = new Set(['conditionalAccessPolicies', 'namedLocations', 'authenticationStrengthPolicies']);

/**
 * @param {readonly { collection: string, body: any }[]} objects
 * @param {number} emptyCollections lists that are asked for although nothing is in them
 */
export function leastRequests(objects, emptyCollections) {
  /** @type {Map<string, any[]>} */
  const byCollection = new Map();
  for (const { collection, body } of objects)
    byCollection.set(collection, [...(byCollection.get(collection) ?? []), body]);
  let intune = emptyCollections;
  let conditionalAccess = 0;
  for (const [collection, bodies] of byCollection) {
    const pages = Math.ceil(bodies.length / (PAGES[collection] ?? 1000));
    const each = PER_OBJECT[collection];
    const requests = pages + (each ? bodies.reduce((sum, body) => sum + each(body), 0) : 0);
    if (CONDITIONAL_ACCESS.has(collection)) conditionalAccess += requests;
    else intune += requests;
  }
  return { intune, conditionalAccess, collections: byCollection.size };
}

/** Intune: 1,000 requests in 20 s of one app in one tenant; conditional access: one a second (graph-contract, 1.6). */
export function floorSeconds(
  /** @type {{ intune: number, conditionalAccess: number }} */ { intune, conditionalAccess },
) {
  // The first window's thousand costs nothing, each further thousand begins a window later.
  return Math.max(Math.floor((intune - 1) / 1000) * 20, conditionalAccess - 1);
}
