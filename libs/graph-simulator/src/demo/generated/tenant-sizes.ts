/** The generated tenants: about 150, 2,500 and 40,000 devices. */
export const TENANT_SIZES = ['smb', 'mid', 'enterprise'] as const;
export type TenantSize = (typeof TENANT_SIZES)[number];

/**
 * How many objects there are of each kind, built-in ones apart. A judgement, not a measurement: it was made from public
 * baselines, issue reports with numbers and Microsoft's limits (section 6 of the Graph contract), and no tenant was counted.
 */
const COUNTS = {
  settingsCatalog: [35, 130, 420],
  deviceConfigurations: [12, 60, 260],
  groupPolicies: [2, 12, 45],
  intents: [2, 10, 30],
  compliance: [5, 14, 45],
  powerShellScripts: [6, 25, 90],
  remediations: [4, 30, 140],
  shellScripts: [1, 6, 25],
  customAttributes: [0, 2, 8],
  complianceScripts: [0, 2, 8],
  appProtections: [2, 6, 16],
  managedAppConfigurations: [1, 6, 20],
  deviceAppConfigurations: [2, 8, 35],
  apps: [30, 140, 700],
  enrollment: [7, 12, 25],
  autopilot: [1, 4, 15],
  appleEnrollment: [0, 3, 12],
  featureUpdates: [1, 4, 8],
  qualityUpdates: [0, 2, 3],
  driverUpdates: [1, 4, 8],
  conditionalAccess: [8, 25, 90],
  namedLocations: [2, 10, 45],
  authenticationStrengths: [0, 2, 5],
  filters: [4, 24, 90],
  scopeTags: [0, 6, 40],
  roles: [0, 4, 18],
  roleAssignments: [0, 8, 60],
  notifications: [1, 4, 15],
  terms: [0, 1, 4],
  categories: [3, 8, 20],
  reusableSettings: [1, 6, 30],
  admxFiles: [0, 3, 12],
  policySets: [0, 1, 4],
  /** Groups that something is assigned to, and all of the directory. */
  groupsInUse: [20, 150, 900],
  groups: [60, 900, 12_000],
} as const;

export type Counted = keyof typeof COUNTS;
export type Counts = Record<Counted, number>;

export function countsOf(size: TenantSize): Counts {
  const place = TENANT_SIZES.indexOf(size);
  const pairs = Object.entries(COUNTS).map(([kind, counts]) => [kind, counts[place]] as const);
  return Object.fromEntries(pairs) as Counts;
}
