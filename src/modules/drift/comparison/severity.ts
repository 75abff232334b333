import type { EvidenceChange, FindingKind, FindingSeverity } from '../finding.js';

/** A rule holds when its kind fits and, where they are given, the type or one of the changed settings fits too. */
export interface SeverityRule {
  severity: FindingSeverity;
  kinds: readonly FindingKind[];
  /** Policy types, as the inventory names them. */
  types?: readonly string[];
  /** Parts of a setting's definition id, in lower case. */
  settings?: readonly string[];
}

/** Types whose every setting guards devices, accounts or data. */
const SECURITY_TYPES = [
  'endpointSecurityPolicy',
  'intent',
  'deviceCompliancePolicy',
  'compliancePolicyV2',
  'conditionalAccessPolicy',
  'authenticationStrengthPolicy',
  'iosManagedAppProtection',
  'androidManagedAppProtection',
  'windowsManagedAppProtection',
  'windowsHelloForBusinessEnrollment',
  'roleDefinition',
  'operationApprovalPolicy',
];

/** Settings catalogue areas that guard the device, by the CSP or template that the definition id names. */
const SECURITY_SETTINGS = [
  '_defender_',
  '_bitlocker_',
  '_laps_',
  'firewall_',
  'attacksurfacereduction',
  '_deviceguard_',
  '_localsecurityauthority_',
  '_virtualizationbasedtechnology_',
  '_userrights_',
  '_smartscreen_',
  '_mssecurityguide_',
  '_passportforwork_',
  '_devicelock_',
  '_lanmanworkstation_',
  '_lanmanserver_',
  'localpoliciessecurityoptions',
];

/**
 * The rules a tenant starts with; the first that holds decides. What left the tenant or reaches other people now is high,
 * a changed guard is high, other changes are medium, and a mere name is low.
 */
export const DEFAULT_SEVERITY_RULES: readonly SeverityRule[] = [
  { severity: 'high', kinds: ['policy.removed', 'assignment.changed'] },
  { severity: 'high', kinds: ['policy.changed'], types: SECURITY_TYPES },
  { severity: 'high', kinds: ['policy.changed', 'policy.recreated'], settings: SECURITY_SETTINGS },
  { severity: 'medium', kinds: ['policy.added', 'policy.changed', 'policy.recreated'] },
  { severity: 'low', kinds: ['policy.renamed'] },
];

/** The severity of a finding by `rules`; medium when none holds. */
export function severityOf(
  finding: { kind: FindingKind; type: string; changes: readonly EvidenceChange[] },
  rules: readonly SeverityRule[] = DEFAULT_SEVERITY_RULES,
): FindingSeverity {
  const settings = finding.changes.map((change) => (change.settingDefinitionId ?? '').toLowerCase());
  const rule = rules.find(
    (candidate) =>
      candidate.kinds.includes(finding.kind) &&
      (candidate.types === undefined || candidate.types.includes(finding.type)) &&
      (candidate.settings === undefined ||
        candidate.settings.some((part) => settings.some((setting) => setting.includes(part)))),
  );
  return rule?.severity ?? 'medium';
}
