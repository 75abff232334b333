import type { CollectionKey } from '../../src/graph/collections.js';
import type { GraphBody, JsonValue } from '../../src/store/graph-body.js';
import type { SeedGroup, SeedObject } from '../../src/store/seed-tenant.js';
import { stableGuid } from '../../src/store/stable-id.js';

export const CREATED = '2025-03-04T08:15:30.1234567Z';
export const MODIFIED = '2026-02-11T13:45:02.7654321Z';

/** Groups that the samples are assigned to. */
export const SAMPLE_GROUPS: readonly SeedGroup[] = [
  { id: stableGuid('sample group pilot'), displayName: 'Sample - Pilot devices' },
  { id: stableGuid('sample group kiosks'), displayName: 'Sample - Kiosks' },
];
export const FILTER_ID = stableGuid('sample assignmentFilters');

/** One object of a collection; its id comes from the collection's name, or is given. */
export function sample(
  collection: CollectionKey,
  body: GraphBody,
  id = stableGuid(`sample ${collection}`),
): SeedObject {
  return { collection, body: { ...body, id } };
}

/** Properties that most Intune types begin with. */
export function common(displayName: string, description: string | null = null): GraphBody {
  return {
    displayName,
    description,
    createdDateTime: CREATED,
    lastModifiedDateTime: MODIFIED,
    roleScopeTagIds: ['0'],
  };
}

/** To all devices with a filter, and not to the kiosks. */
export function assignedTo(collection: CollectionKey, more: GraphBody = {}, separator = '_'): GraphBody[] {
  const id = stableGuid(`sample ${collection}`);
  const [, kiosks] = SAMPLE_GROUPS;
  return [
    {
      id: `${id}${separator}adadadad-808e-44e2-905a-0b7873a8a531`,
      ...more,
      target: {
        '@odata.type': '#microsoft.graph.allDevicesAssignmentTarget',
        deviceAndAppManagementAssignmentFilterId: FILTER_ID,
        deviceAndAppManagementAssignmentFilterType: 'include',
      },
    },
    {
      id: `${id}${separator}${kiosks?.id ?? ''}`,
      ...more,
      target: {
        '@odata.type': '#microsoft.graph.exclusionGroupAssignmentTarget',
        deviceAndAppManagementAssignmentFilterId: null,
        deviceAndAppManagementAssignmentFilterType: 'none',
        groupId: kiosks?.id ?? '',
      },
    },
  ];
}

/** {@link assignedTo} for types whose assignments tell where they come from. */
export function assignedFrom(collection: CollectionKey, more: GraphBody = {}): GraphBody[] {
  return assignedTo(collection, { source: 'direct', sourceId: stableGuid(`sample ${collection}`), ...more });
}

export function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

/** A choice setting of the settings catalog. */
export function choice(id: string, definitionId: string, value: string): GraphBody {
  return {
    id,
    settingInstance: {
      '@odata.type': '#microsoft.graph.deviceManagementConfigurationChoiceSettingInstance',
      settingDefinitionId: definitionId,
      settingInstanceTemplateReference: null,
      choiceSettingValue: { settingValueTemplateReference: null, value: `${definitionId}_${value}`, children: [] },
    },
  };
}

/** A setting of the settings catalog that holds one plain value. */
export function simple(id: string, definitionId: string, kind: 'String' | 'Integer', value: JsonValue): GraphBody {
  return {
    id,
    settingInstance: {
      '@odata.type': '#microsoft.graph.deviceManagementConfigurationSimpleSettingInstance',
      settingDefinitionId: definitionId,
      settingInstanceTemplateReference: null,
      simpleSettingValue: {
        '@odata.type': `#microsoft.graph.deviceManagementConfiguration${kind}SettingValue`,
        settingValueTemplateReference: null,
        value,
      },
    },
  };
}
