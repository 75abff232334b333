/** The resource families that Intune's limits are published for, each with a budget of its own. */
export type IntuneFamily =
  'auditing' | 'configuration' | 'device-configuration' | 'enrollment' | 'managed-apps' | 'role-based-access';

/** What a request counts against. */
export type Workload =
  | { kind: 'intune'; family: IntuneFamily; write: boolean }
  | { kind: 'conditional-access' }
  | { kind: 'directory'; units: number; write: boolean };

const FAMILIES: readonly [IntuneFamily, RegExp][] = [
  ['auditing', /^auditEvents$/i],
  ['role-based-access', /^(role(Definitions|Assignments|ScopeTags)|resourceOperations)$/i],
  [
    'enrollment',
    /^(deviceEnrollmentConfigurations|depOnboardingSettings|androidDeviceOwnerEnrollmentProfiles|androidForWorkEnrollmentProfiles|windowsAutopilot\w*|importedWindowsAutopilot\w*|appleUserInitiatedEnrollmentProfiles)$/i,
  ],
  ['configuration', /^(configuration\w*|reusable\w*|compliancePolicies|complianceSettings|inventoryPolicies)$/i],
];

/** Reads that are sent as POST. */
const READING_ACTIONS =
  /\/(getByIds|microsoft\.graph\.getByIds|checkMemberGroups|getMemberGroups|checkMemberObjects|getMemberObjects)$/i;

/**
 * Where a request is counted, by its path below the version. Intune's families follow the pages
 * `includes/throttling-intune-*.md` of the Graph docs; which segment belongs to which is a reading of their resource lists.
 */
export function workloadOf(method: string, target: string): Workload {
  const [path = '', query = ''] = target.split('?');
  const [root = '', segment = ''] = path.split('/').filter((part) => part !== '');
  const write = method !== 'GET' && !READING_ACTIONS.test(path);
  if (/^deviceAppManagement$/i.test(root)) return { kind: 'intune', family: 'managed-apps', write };
  if (/^deviceManagement$/i.test(root)) {
    const family = FAMILIES.find(([, pattern]) => pattern.test(segment))?.[0] ?? 'device-configuration';
    return { kind: 'intune', family, write };
  }
  if (/^identity$/i.test(root) && /^conditionalAccess$/i.test(segment)) return { kind: 'conditional-access' };
  if (/^identityProtection$/i.test(root)) return { kind: 'conditional-access' };
  return { kind: 'directory', units: unitsOf(method, path, query), write };
}

/** Base costs in resource units; what is not listed costs 1 (`concepts/throttling-limits.md`, identity and access). */
const COSTS: readonly [RegExp, number][] = [
  [/^\/groups\/[^/]+\/transitiveMembers/i, 5],
  [/^\/groups\/[^/]+\/members/i, 3],
  [/getByIds$/i, 3],
  [/(check|get)Member(Groups|Objects)$/i, 4],
  [/^\/users(\/delta(\(\))?)?\/?$/i, 2],
];

function unitsOf(method: string, path: string, query: string): number {
  const base = COSTS.find(([pattern]) => pattern.test(path))?.[1] ?? 1;
  if (method !== 'GET') return base;
  const options = new URLSearchParams(query);
  const top = options.get('$top');
  const change =
    (options.has('$select') ? -1 : 0) + (options.has('$expand') ? 1 : 0) + (top !== null && Number(top) < 20 ? -1 : 0);
  return Math.max(1, base + change);
}
