import { PROFILE_RELATIONS } from './modules.mjs';

/**
 * The least requests that can read a tenant whole, from the rules of the wire (graph-contract, sections 1.4, 1.5 and 2): a page
 * holds so many objects, and what a list leaves out costs a request for each object. A `$batch` saves round trips, but Graph
 * counts its members, so it changes nothing here. A list is asked for although nothing is in it.
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
  compliancePolicies: () => 2, // scheduled actions, assignments; settings come with the list by $expand
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
  // Each relation that its type has to other profiles, certificates most of all.
  deviceConfigurations: ({ '@odata.type': type }) =>
    PROFILE_RELATIONS.filter(({ odataTypes }) => odataTypes?.includes(type)).length,
  // $expand of assignments answers an empty list for scope tags, and is refused for terms.
  roleScopeTags: () => 1,
  termsAndConditions: () => 1,
  depOnboardingSettings: () => 1, // its enrollment profiles
  intuneBrandingProfiles: () => 3, // its images, one at a time
};

/** Lists beside the collection's own: assignments of roles come with the roles by $expand, but without their members. */
/** @type {Record<string, string>} */
const BESIDE = { roleDefinitions: 'roleAssignments' };

const WITH_RELATIONSHIPS = new Set(['#microsoft.graph.win32LobApp', '#microsoft.graph.win32CatalogApp']);

/** Conditional access and what belongs to it count against a limit of their own: one a second. */
const CONDITIONAL_ACCESS = new Set([
  'conditionalAccessPolicies',
  'namedLocations',
  'authenticationStrengthPolicies',
  'authenticationContextClassReferences',
]);

/**
 * @param {readonly { collection: string, body: any }[]} objects
 * @param {readonly string[]} collections those that are read; the tenant holds objects of others, too
 */
export function leastRequests(objects, collections) {
  const least = { intune: 0, conditionalAccess: 0 };
  for (const collection of [...collections, ...collections.flatMap((key) => BESIDE[key] ?? [])]) {
    const bodies = objects.filter((object) => object.collection === collection).map(({ body }) => body);
    const pages = Math.max(1, Math.ceil(bodies.length / (PAGES[collection] ?? 1000)));
    const each = PER_OBJECT[collection];
    const requests = pages + (each ? bodies.reduce((sum, body) => sum + each(body), 0) : 0);
    least[CONDITIONAL_ACCESS.has(collection) ? 'conditionalAccess' : 'intune'] += requests;
  }
  return least;
}

/** Intune: 1,000 requests in 20 s of one app in one tenant; conditional access: one a second (graph-contract, 1.6). */
export function floorSeconds(
  /** @type {{ intune: number, conditionalAccess: number }} */ { intune, conditionalAccess },
) {
  // The first window's thousand costs nothing, each further thousand begins a window later.
  return Math.max(Math.floor((intune - 1) / 1000) * 20, conditionalAccess - 1);
}
