import { bodiesOf, isBody, textOf, type GraphBody, type JsonValue } from '../store/graph-body.js';
import { stableGuid } from '../store/stable-id.js';
import type { TenantStore } from '../store/tenant-store.js';
import type { CollectionKey } from './collections.js';

const PREFIX = '#microsoft.graph.deviceManagementConfiguration';
const WITH_SETTINGS: readonly CollectionKey[] = ['configurationPolicies', 'compliancePolicies', 'inventoryPolicies'];

interface Instance {
  definitionId: string;
  body: GraphBody;
}

/** Definitions of everything that one setting of a policy sets, outermost first. */
export function definitionsOfSetting(tenant: TenantStore, setting: GraphBody): GraphBody[] {
  const found = new Map(
    instancesIn(setting.settingInstance ?? null).map((instance) => [instance.definitionId, instance]),
  );
  return [...found.values()].map((instance) => seeded(tenant, instance.definitionId) ?? definitionOf(instance));
}

/**
 * The definition with that id: the tenant's own where it was given one, else one made from the first setting that uses
 * it. Microsoft's catalogue of about 20,000 definitions is not part of the simulator.
 */
export function settingDefinition(tenant: TenantStore, id: string): GraphBody | undefined {
  const given = seeded(tenant, id);
  if (given !== undefined) return given;
  for (const key of WITH_SETTINGS)
    for (const policy of tenant.list(key)) {
      const found = instancesIn(policy.body.settings ?? null).find(({ definitionId }) => definitionId === id);
      if (found !== undefined) return definitionOf(found);
    }
  return undefined;
}

/** Every definition that the tenant has or uses. */
export function settingDefinitions(tenant: TenantStore): GraphBody[] {
  const found = new Map<string, GraphBody>();
  for (const object of tenant.list('configurationSettings')) found.set(object.id, object.body);
  for (const key of WITH_SETTINGS)
    for (const policy of tenant.list(key))
      for (const instance of instancesIn(policy.body.settings ?? null))
        if (!found.has(instance.definitionId)) found.set(instance.definitionId, definitionOf(instance));
  return [...found.values()];
}

function seeded(tenant: TenantStore, id: string): GraphBody | undefined {
  const object = tenant.policy(id);
  return object?.collection === 'configurationSettings' ? object.body : undefined;
}

function instancesIn(value: JsonValue): Instance[] {
  if (Array.isArray(value)) return value.flatMap(instancesIn);
  if (!isBody(value)) return [];
  const definitionId = textOf(value, 'settingDefinitionId');
  return [
    ...(definitionId === undefined ? [] : [{ definitionId, body: value }]),
    ...Object.values(value).flatMap(instancesIn),
  ];
}

function definitionOf({ definitionId, body }: Instance): GraphBody {
  const name = definitionId.split(/[_.]/).at(-1) ?? definitionId;
  const common: GraphBody = {
    id: definitionId,
    accessTypes: 'add,delete,get,replace',
    applicability: {
      '@odata.type': `${PREFIX}SettingApplicability`,
      description: null,
      deviceMode: 'none',
      platform: platformOf(definitionId),
      technologies: 'mdm',
    },
    baseUri: definitionId.startsWith('user_') ? './User/Vendor/MSFT' : './Device/Vendor/MSFT',
    categoryId: stableGuid(`category ${definitionId.slice(0, definitionId.lastIndexOf('_'))}`),
    description: null,
    displayName: name.charAt(0).toUpperCase() + name.slice(1),
    helpText: null,
    infoUrls: [],
    keywords: [],
    name,
    occurrence: { minDeviceOccurrence: 0, maxDeviceOccurrence: 1 },
    offsetUri: null,
    referredSettingInformationList: [],
    riskLevel: 'low',
    rootDefinitionId: definitionId,
    settingUsage: 'configuration',
    uxBehavior: 'default',
    version: stableGuid(`version ${definitionId}`),
    visibility: 'settingsCatalog',
  };
  const type = textOf(body, '@odata.type')?.replace(PREFIX, '') ?? '';
  const odataType = definitionTypeOf(type);
  if (type.startsWith('Choice')) return { '@odata.type': odataType, ...common, ...choices(body, definitionId) };
  if (type.startsWith('Simple')) return { '@odata.type': odataType, ...common, ...simple(body) };
  const childIds = [...new Set(instancesIn(Object.values(body)).map((instance) => instance.definitionId))];
  return { '@odata.type': odataType, ...common, childIds };
}

/** `SimpleSettingCollectionInstance` is defined by a `SimpleSettingCollectionDefinition`, `GroupSetting..` by a `SettingGroup..`. */
function definitionTypeOf(instanceType: string): string {
  return `${PREFIX}${instanceType.replace(/Instance$/, 'Definition').replace(/^GroupSetting/, 'SettingGroup')}`;
}

function choices(body: GraphBody, definitionId: string): GraphBody {
  const chosen = [body.choiceSettingValue, ...bodiesOf(body, 'choiceSettingCollectionValue')]
    .filter((value): value is GraphBody => isBody(value ?? null))
    .flatMap((value) => textOf(value, 'value') ?? []);
  const ids = [...new Set([...chosen, `${definitionId}_0`, `${definitionId}_1`])].sort();
  const options = ids.map((itemId) => {
    const name = itemId.startsWith(`${definitionId}_`) ? itemId.slice(definitionId.length + 1) : itemId;
    return { itemId, name, displayName: name, description: null, helpText: null, dependedOnBy: [], dependentOn: [] };
  });
  return { defaultOptionId: ids[0] ?? null, options };
}

function simple(body: GraphBody): GraphBody {
  const value = isBody(body.simpleSettingValue ?? null) ? (body.simpleSettingValue as GraphBody) : undefined;
  const first = value ?? bodiesOf(body, 'simpleSettingCollectionValue')[0];
  const number = typeof first?.value === 'number';
  return {
    defaultValue: null,
    dependedOnBy: [],
    dependentOn: [],
    valueDefinition: number
      ? { '@odata.type': `${PREFIX}IntegerSettingValueDefinition`, maximumValue: 2147483647, minimumValue: 0 }
      : {
          '@odata.type': `${PREFIX}StringSettingValueDefinition`,
          fileTypes: [],
          format: 'none',
          inputValidationSchema: null,
          isSecret: textOf(first ?? {}, '@odata.type') === `${PREFIX}SecretSettingValue`,
          maximumLength: 87516,
          minimumLength: 0,
        },
  };
}

function platformOf(definitionId: string): string {
  if (/^(device|user)_vendor_msft/.test(definitionId)) return 'windows10';
  return definitionId.startsWith('linux') ? 'linux' : 'iOS,macOS';
}
