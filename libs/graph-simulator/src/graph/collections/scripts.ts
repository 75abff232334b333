import type { GraphBody } from '../../store/graph-body.js';
import type { CollectionKey, CollectionSpec } from './collection-spec.js';
import { assign, ASSIGNMENTS, defineCollection, SCRIPTS, writes } from './define.js';
import type { WriteSpec } from './write-spec.js';

interface ScriptCollection {
  key: CollectionKey;
  entityType: string;
  /** Base64 properties that only the item tells. */
  contents: readonly string[];
  writes: WriteSpec;
  folders: readonly string[];
}

/** Scripts tell their content on the item only; the list has null there (IntuneCD and IntuneManagement read each by id). */
export function scriptCollection({ contents, ...given }: ScriptCollection): CollectionSpec {
  return defineCollection({
    root: 'deviceManagement',
    navigation: [ASSIGNMENTS],
    withheld: contents.map((name) => ({ name, on: 'list', shownAs: 'null' })),
    readPermissions: SCRIPTS.read,
    ...given,
  });
}

/** Since July 2025 these need DeviceManagementScripts.* (sibranda/GetIntuneAssignments#14 quoting Microsoft). */
export const SCRIPT_COLLECTIONS: readonly CollectionSpec[] = [
  scriptCollection({
    key: 'deviceManagementScripts',
    entityType: 'microsoft.graph.deviceManagementScript',
    contents: ['scriptContent'],
    writes: writes(SCRIPTS.write, {
      approvalType: 'script',
      assign: assign({
        bodyKey: 'deviceManagementScriptAssignments',
        oldBodyKey: 'deviceManagementScriptGroupAssignments',
        ids: ':',
      }),
      required: ['displayName', 'scriptContent', 'fileName'],
    }),
    folders: ['powershellscripts', 'powershell'],
  }),
  scriptCollection({
    key: 'deviceHealthScripts',
    entityType: 'microsoft.graph.deviceHealthScript',
    contents: ['detectionScriptContent', 'remediationScriptContent'],
    writes: writes(SCRIPTS.write, {
      approvalType: 'script',
      assign: assign({ bodyKey: 'deviceHealthScriptAssignments', ids: ':' }),
      required: ['displayName', 'detectionScriptContent'],
      version: 'text',
      computed: ['isGlobalScript', 'highestAvailableVersion'],
      initial: { isGlobalScript: false, highestAvailableVersion: null },
      builtIn: (body: GraphBody) => body.isGlobalScript === true || body.publisher === 'Microsoft',
      builtInFixed: true,
    }),
    folders: ['healthscripts', 'proactive remediations'],
  }),
  scriptCollection({
    key: 'deviceShellScripts',
    entityType: 'microsoft.graph.deviceShellScript',
    contents: ['scriptContent'],
    writes: writes(SCRIPTS.write, {
      approvalType: 'script',
      assign: assign({ bodyKey: 'deviceManagementScriptAssignments', ids: ':' }),
      required: ['displayName', 'scriptContent', 'fileName'],
    }),
    folders: ['macscripts', 'shell'],
  }),
  scriptCollection({
    key: 'deviceCustomAttributeShellScripts',
    entityType: 'microsoft.graph.deviceCustomAttributeShellScript',
    contents: ['scriptContent'],
    writes: writes(SCRIPTS.write, {
      approvalType: 'script',
      assign: assign({ bodyKey: 'deviceManagementScriptAssignments', ids: ':' }),
      required: ['displayName', 'scriptContent', 'fileName', 'customAttributeName', 'customAttributeType'],
      immutable: ['customAttributeName', 'customAttributeType', 'displayName'],
      immutableRefusal: 'CustomAttributeName, CustomAttributeType and DisplayName cannot be changed once created.',
    }),
    folders: ['maccustomattributes', 'custom attributes'],
  }),
];
