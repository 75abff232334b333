import { ASSIGNMENTS_ON_LIST, defineType, graphTypes, listOf } from './define-type.js';
import { CONFIGURATION_PERMISSIONS } from './permissions.js';
import type { PolicyType } from './policy-type.js';

const CATEGORY = 'Device configuration';

/**
 * Values and what is entered in each are read level by level: Graph expands one level at a time (TenuVault registry.ts,
 * IntuneManagement L355-370). A disabled setting has nothing entered. The ids of an imported file's definitions are the
 * tenant's own, so that the class, path and name of each are read with it.
 */
const GROUP_POLICY_CONFIGURATION = defineType({
  key: 'groupPolicyConfiguration',
  label: 'Administrative template (ADMX)',
  category: CATEGORY,
  collection: listOf('deviceManagement/groupPolicyConfigurations', CONFIGURATION_PERMISSIONS, {
    ...ASSIGNMENTS_ON_LIST,
    children: [
      {
        name: 'definitionValues',
        path: 'definitionValues',
        query: { $expand: 'definition($select=id,displayName,classType,categoryPath)' },
        keyedBy: 'definition.id',
        each: {
          name: 'presentationValues',
          path: 'presentationValues',
          query: { $expand: 'presentation($select=id,label)' },
          keyedBy: 'presentation.id',
          noneWhen: { field: 'enabled', is: false },
        },
      },
    ],
    lacks: ['definitionValues', 'assignments'],
  }),
  odataTypes: graphTypes('groupPolicyConfiguration'),
  readOnly: ['definitionValues', 'policyConfigurationIngestionType'],
});

/**
 * The file itself never comes back, so it is restored by hand. Revision, namespace and prefix are read out of the file
 * by the service and are the only sign that it is another one; they are therefore content.
 */
const GROUP_POLICY_UPLOADED_DEFINITION_FILE = defineType({
  key: 'groupPolicyUploadedDefinitionFile',
  label: 'Imported ADMX file',
  category: CATEGORY,
  kind: 'foundation',
  collection: listOf('deviceManagement/groupPolicyUploadedDefinitionFiles', CONFIGURATION_PERMISSIONS),
  nameField: 'fileName',
  scopeTagField: null,
  odataTypes: graphTypes('groupPolicyUploadedDefinitionFile'),
  volatile: ['status', 'uploadDateTime'],
  restore: 'manual',
});

export const ADMINISTRATIVE_TEMPLATE_TYPES: readonly PolicyType[] = [
  GROUP_POLICY_CONFIGURATION,
  GROUP_POLICY_UPLOADED_DEFINITION_FILE,
];
