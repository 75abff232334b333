import { classify } from '#libs/graph-client/src/catalogue/policy-facts.js';
import { POLICY_TYPES } from '#libs/graph-client/src/catalogue/policy-types.js';
import type { PolicyType } from '#libs/graph-client/src/catalogue/policy-type.js';
import { typesOfFolder } from '#libs/policy-folders/src/folder-names.js';
import type { JsonObject } from '../policy/json.js';
import { FileFault } from './policy-file.js';

/** What an object is found by. */
export interface Evidence {
  object: JsonObject;
  /** `@odata.context` of the page around it. */
  context: string | undefined;
  /** The folders that its file lies in, outermost first. */
  folders: readonly string[];
}

/** The collection's path without the version: `deviceManagement/configurationPolicies`. */
function contextPathOf({ collection }: PolicyType): string {
  return collection.path.replace(/^\/[^/]+\//, '').toLowerCase();
}

/**
 * The type of an exported object: by its own `@odata.type`, else by `@odata.context`, else by its folder, else by a
 * polymorphic type's name, else by properties that no other type has. A later clue never overrules an earlier one.
 * @throws FileFault when nothing tells it, or what is told is no type of the catalogue
 */
export function recogniseType({ object, context, folders }: Evidence): PolicyType {
  const odataType = textIn(object, '@odata.type');
  if (odataType !== undefined) {
    const declared = POLICY_TYPES.filter((type) => declares(type, odataType));
    const found = classified(declared, object, folders);
    if (found) return found;
  }
  const path = pathOf(textIn(object, '@odata.context') ?? context);
  if (path !== undefined) {
    const served = POLICY_TYPES.filter((type) => contextPathOf(type) === path.toLowerCase());
    if (served.length === 0) throw unknownType(path);
    const found = classified(served, object, folders, odataType);
    if (found) return found;
  }
  const found =
    classified(ofFolder(folders), object, folders, odataType) ??
    classified(ofCollection(collectionOfTypeName(odataType)), object, folders) ??
    (odataType === undefined ? classified(ofCollection(collectionOfShape(object)), object, folders) : undefined);
  if (found) return found;
  throw odataType === undefined
    ? new FileFault('file.unknown_type', 'Neither @odata.type nor @odata.context, folder or content tell its type.')
    : unknownType(odataType);
}

function unknownType(name: string): FileFault {
  return new FileFault('file.unknown_type', `Objects of ${name.slice(0, 200)} are not read.`);
}

/**
 * Of types that may each be meant, the one of the object: those of one collection are told apart by what the catalogue
 * says; of several collections the folder decides, or that objects of a polymorphic one always say their type.
 */
function classified(
  types: readonly PolicyType[],
  object: JsonObject,
  folders: readonly string[],
  odataType?: string,
): PolicyType | undefined {
  const fitting = types.filter((type) => takes(type, odataType));
  const inFolder = new Set(typesOfFolder(folders));
  const unsaid = textIn(object, '@odata.type') === undefined;
  const narrowings: ((type: PolicyType) => boolean)[] = [
    () => true,
    ({ key }) => inFolder.has(key),
    ({ odataTypes }) => unsaid && odataTypes !== 'from list',
  ];
  for (const narrowing of narrowings) {
    const [key, ...others] = new Set(fitting.filter(narrowing).map(({ collection }) => collection.key));
    if (key !== undefined && others.length === 0) return classify(ofCollection(key), object);
  }
  return undefined;
}

function declares({ odataTypes, is }: PolicyType, odataType: string): boolean {
  return (odataTypes !== 'from list' && odataTypes.includes(odataType)) || is?.odataTypes?.includes(odataType) === true;
}

/** An object that names no type is taken on trust; one that names another is not. */
function takes(type: PolicyType, odataType: string | undefined): boolean {
  return odataType === undefined || type.odataTypes === 'from list' || declares(type, odataType);
}

function ofFolder(folders: readonly string[]): PolicyType[] {
  const keys = new Set(typesOfFolder(folders));
  const named = POLICY_TYPES.filter(({ key }) => keys.has(key));
  if (named.length > 0) return named;
  // Plain Graph JSON lies in folders that are called as the collections are.
  const last = folders.at(-1)?.toLowerCase();
  return POLICY_TYPES.filter(({ collection }) => collection.key.toLowerCase() === last);
}

function ofCollection(key: string | undefined): PolicyType[] {
  return POLICY_TYPES.filter(({ collection }) => collection.key === key);
}

/** `…/$metadata#deviceManagement/configurationPolicies(assignments())/$entity`; a part of an object is not an object. */
function pathOf(context: string | undefined): string | undefined {
  const [, named = ''] = context?.split('$metadata#') ?? [];
  const match =
    /^([\w/]+?)(?:\/microsoft\.graph\.\w+)?(?:\((?!['\d]).*\))?(?:\/microsoft\.graph\.\w+)?(?:\/\$entity)?$/.exec(
      named,
    );
  return match?.[1];
}

/** How the types of polymorphic collections are called in the beta description; the first that fits. */
const TYPE_NAMES: readonly (readonly [RegExp, string])[] = [
  [/CompliancePolicy$/, 'deviceCompliancePolicies'],
  [/MobileAppConfiguration$|ManagedStoreAppConfiguration$/, 'mobileAppConfigurations'],
  [/^deviceEnrollment|EnrollmentCompletionPageConfiguration$/, 'deviceEnrollmentConfigurations'],
  [/App$/, 'mobileApps'],
  [
    /^(?:windows|ios|macOS|android|aosp|sharedPC|editionUpgrade).*(?:Configuration|Base|Profile|Policy|Connector)$/,
    'deviceConfigurations',
  ],
];

function collectionOfTypeName(odataType: string | undefined): string | undefined {
  const name = odataType?.replace(/^#microsoft\.graph\./, '') ?? '';
  return TYPE_NAMES.find(([pattern]) => pattern.test(name))?.[1];
}

/** Properties that together no object of another collection has, in the beta description. */
const SHAPES: readonly (readonly [string, readonly string[]])[] = [
  ['configurationPolicies', ['settings', 'technologies', 'templateReference']],
  ['groupPolicyConfigurations', ['definitionValues']],
  ['intents', ['settings', 'templateId', 'isMigratingToConfigurationPolicy']],
  ['conditionalAccessPolicies', ['conditions', 'grantControls']],
  ['compliancePolicies', ['settings', 'scheduledActionsForRule']],
  ['deviceHealthScripts', ['detectionScriptContent', 'remediationScriptContent']],
  ['deviceComplianceScripts', ['detectionScriptContent']],
  ['deviceCustomAttributeShellScripts', ['scriptContent', 'customAttributeName']],
  ['deviceShellScripts', ['scriptContent', 'retryCount']],
  ['deviceManagementScripts', ['scriptContent', 'enforceSignatureCheck']],
  ['assignmentFilters', ['rule', 'assignmentFilterManagementType']],
  ['notificationMessageTemplates', ['localizedNotificationMessages', 'defaultLocale']],
  ['windowsDriverUpdateProfiles', ['approvalType', 'deploymentDeferralInDays']],
  ['termsAndConditions', ['bodyText', 'acceptanceStatement']],
];

function collectionOfShape(object: JsonObject): string | undefined {
  return SHAPES.find(([, names]) => names.every((name) => Object.hasOwn(object, name)))?.[0];
}

function textIn(object: JsonObject, key: string): string | undefined {
  const value = object[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
