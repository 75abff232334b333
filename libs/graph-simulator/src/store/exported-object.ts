import { COLLECTIONS, pathOf, type CollectionSpec } from '../graph/collections.js';
import { isBody, textOf, type GraphBody, type JsonValue } from './graph-body.js';

const TYPE_PREFIX = '#microsoft.graph.';
/** Collections that hold objects: a list of other collections' members holds none. */
const HOLDERS = COLLECTIONS.filter((spec) => spec.viewOf === undefined);

/**
 * Types that stand where their own type is declared, so that Graph leaves `@odata.type` out at minimal metadata.
 * Found by walking 156 real exports against the Graph beta description.
 */
const DECLARED_TYPES: ReadonlySet<string> = new Set(
  [
    'appleEnrollmentProfileAssignment',
    'bitLockerFixedDrivePolicy',
    'bitLockerRecoveryOptions',
    'bitLockerRemovableDrivePolicy',
    'bitLockerSystemDrivePolicy',
    'defenderDetectedMalwareActions',
    'deviceComplianceActionItem',
    'deviceCompliancePolicyAssignment',
    'deviceComplianceScheduledActionForRule',
    'deviceConfigurationAssignment',
    'deviceManagementConfigurationChoiceSettingValue',
    'deviceManagementConfigurationGroupSettingValue',
    'deviceManagementConfigurationPolicyAssignment',
    'deviceManagementConfigurationPolicyTemplateReference',
    'deviceManagementConfigurationSetting',
    'deviceManagementConfigurationSettingInstanceTemplateReference',
    'deviceManagementConfigurationSettingValueTemplateReference',
    'deviceHealthScriptAssignment',
    'deviceManagementIntentAssignment',
    'deviceManagementScriptAssignment',
    'deviceManagementUserRightsSetting',
    'enrollmentConfigurationAssignment',
    'groupPolicyConfigurationAssignment',
    'groupPolicyDefinition',
    'groupPolicyDefinitionValue',
    'keyValuePair',
    'localizedNotificationMessage',
    'managedMobileApp',
    'mobileAppAssignment',
    'operatingSystemVersionRange',
    'targetedManagedAppPolicyAssignment',
    'termsAndConditionsAssignment',
    'windows10AppsForceUpdateSchedule',
    'windowsAutopilotDeploymentProfileAssignment',
    'windowsDriverUpdateProfileAssignment',
    'windowsFeatureUpdateProfileAssignment',
    'windowsFirewallNetworkProfile',
    'windowsQualityUpdateProfileAssignment',
  ].map((name) => TYPE_PREFIX + name),
);

/**
 * The object as Graph holds it: an export's annotations (`x@odata.type`, navigation links, `#microsoft.graph.*` actions,
 * context and edit link) are gone, and `@odata.type` stays where it tells something: on the object and on nested
 * values that stand for a base type.
 */
export function stripAnnotations(body: GraphBody): GraphBody {
  return stripped(body, true);
}

function stripped(body: GraphBody, top: boolean): GraphBody {
  return Object.fromEntries(
    Object.entries(body)
      .filter(([key, value]) => keeps(key, value, top))
      .map(([key, value]) => [key, strippedValue(value)]),
  );
}

function strippedValue(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(strippedValue);
  return isBody(value) ? stripped(value, false) : value;
}

function keeps(key: string, value: JsonValue, top: boolean): boolean {
  if (key === '@odata.type') return top || typeof value !== 'string' || !DECLARED_TYPES.has(value);
  return !key.startsWith('#') && !key.includes('@odata.');
}

/** Why a file is left out, for a person to read. */
export class NotAnObject extends Error {}

/**
 * Where an exported object belongs: by its `@odata.type`, else by the collection its `@odata.context` names, else by
 * the nearest folder whose name says so. Answers `group` for an Entra group. Throws NotAnObject when nothing tells, or
 * when the object says that it is of a type that is not simulated.
 */
export function typeOfExport(body: GraphBody, folders: readonly string[]): CollectionSpec | 'group' {
  const odataType = textOf(body, '@odata.type');
  if (odataType !== undefined) {
    const known = byOdataType(odataType);
    if (known !== undefined) return known;
  }
  const context = textOf(body, '@odata.context');
  const named = context === undefined ? undefined : byContext(context);
  if (named !== undefined) return named;
  if (odataType !== undefined) throw new NotAnObject(`objects of type ${odataType} are not simulated`);
  const folder = byFolder(folders);
  if (folder !== undefined) return folder;
  throw new NotAnObject('neither @odata.type nor @odata.context nor a folder name tells its type');
}

function byOdataType(odataType: string): CollectionSpec | 'group' | undefined {
  if (odataType === `${TYPE_PREFIX}group`) return 'group';
  const name = odataType.startsWith(TYPE_PREFIX) ? odataType.slice(TYPE_PREFIX.length) : '';
  return HOLDERS.find((spec) => `#${spec.entityType}` === odataType || spec.types.has(name));
}

function byContext(context: string): CollectionSpec | 'group' | undefined {
  const path = context.split('$metadata#')[1];
  if (path === undefined) return undefined;
  if (/^groups(\(|\/|$)/.test(path)) return 'group';
  return HOLDERS.find((spec) => new RegExp(`^${pathOf(spec)}(\\(|/|$)`, 'i').test(path));
}

function byFolder(folders: readonly string[]): CollectionSpec | undefined {
  const names = folders.map((folder) => folder.toLowerCase()).reverse();
  for (const name of names) {
    const spec = HOLDERS.find((candidate) => candidate.folders.includes(name));
    if (spec !== undefined) return spec;
  }
  return undefined;
}
