import type { SeedObject } from '../../src/store/seed-tenant.js';
import { stableGuid } from '../../src/store/stable-id.js';
import { assignedFrom, choice, CREATED, MODIFIED, sample, simple } from './sample-parts.js';

const REUSABLE_ID = stableGuid('sample reusablePolicySettings');
const FIREWALL_GROUP = 'vendor_msft_firewall_mdmstore_dynamickeywords_addresses_{id}';

export const SETTINGS_CATALOG_SAMPLES: readonly SeedObject[] = [
  sample('configurationPolicies', {
    createdDateTime: CREATED,
    creationSource: null,
    description: 'Sample of a settings catalog policy',
    lastModifiedDateTime: MODIFIED,
    name: 'Sample - Windows - Firewall rules',
    platforms: 'windows10',
    priorityMetaData: null,
    roleScopeTagIds: ['0'],
    settingCount: 3,
    technologies: 'mdm,microsoftSense',
    isAssigned: true,
    templateReference: {
      templateId: `${stableGuid('sample configurationPolicyTemplates')}_1`,
      templateFamily: 'endpointSecurityFirewall',
      templateDisplayName: 'Sample firewall rules',
      templateDisplayVersion: 'Version 1',
    },
    settings: [
      choice('0', 'vendor_msft_firewall_mdmstore_domainprofile_enablefirewall', 'true'),
      simple('1', 'vendor_msft_firewall_mdmstore_global_saidletime', 'Integer', 300),
      {
        id: '2',
        settingInstance: {
          '@odata.type': '#microsoft.graph.deviceManagementConfigurationGroupSettingCollectionInstance',
          settingDefinitionId: 'vendor_msft_firewall_mdmstore_firewallrules_{firewallrulename}',
          settingInstanceTemplateReference: null,
          groupSettingCollectionValue: [
            {
              settingValueTemplateReference: null,
              children: [
                {
                  '@odata.type': '#microsoft.graph.deviceManagementConfigurationSimpleSettingInstance',
                  settingDefinitionId: 'vendor_msft_firewall_mdmstore_firewallrules_{firewallrulename}_name',
                  settingInstanceTemplateReference: null,
                  simpleSettingValue: {
                    '@odata.type': '#microsoft.graph.deviceManagementConfigurationStringSettingValue',
                    settingValueTemplateReference: null,
                    value: 'Sample - block inbound SMB',
                  },
                },
                {
                  '@odata.type': '#microsoft.graph.deviceManagementConfigurationSimpleSettingCollectionInstance',
                  settingDefinitionId:
                    'vendor_msft_firewall_mdmstore_firewallrules_{firewallrulename}_remoteaddressdynamickeywords',
                  settingInstanceTemplateReference: null,
                  simpleSettingCollectionValue: [
                    {
                      '@odata.type': '#microsoft.graph.deviceManagementConfigurationReferenceSettingValue',
                      settingValueTemplateReference: null,
                      value: REUSABLE_ID,
                    },
                  ],
                },
              ],
            },
          ],
        },
      },
    ],
    assignments: assignedFrom('configurationPolicies'),
  }),
  sample('inventoryPolicies', {
    name: 'Sample - Properties catalog',
    description: null,
    createdDateTime: CREATED,
    lastModifiedDateTime: MODIFIED,
    platforms: 'windows10',
    technologies: 'mdm',
    settings: [choice('0', 'device_vendor_msft_inventory_battery', 'enabled')],
    assignments: assignedFrom('inventoryPolicies'),
  }),
  sample('reusablePolicySettings', {
    displayName: 'Sample - Head office addresses',
    description: 'Referred to by the firewall rules',
    createdDateTime: CREATED,
    lastModifiedDateTime: MODIFIED,
    settingDefinitionId: FIREWALL_GROUP,
    settingInstance: {
      '@odata.type': '#microsoft.graph.deviceManagementConfigurationGroupSettingCollectionInstance',
      settingDefinitionId: FIREWALL_GROUP,
      settingInstanceTemplateReference: null,
      groupSettingCollectionValue: [{ settingValueTemplateReference: null, children: [] }],
    },
    version: 2,
    referencingConfigurationPolicyCount: 1,
  }),
  sample(
    'configurationSettings',
    {
      '@odata.type': '#microsoft.graph.deviceManagementConfigurationChoiceSettingDefinition',
      accessTypes: 'add,delete,get,replace',
      baseUri: './Vendor/MSFT/Firewall',
      categoryId: stableGuid('sample category firewall'),
      defaultOptionId: 'vendor_msft_firewall_mdmstore_domainprofile_enablefirewall_true',
      description: 'Turns the firewall on for networks of the domain.',
      displayName: 'Enable Domain Network Firewall',
      infoUrls: [],
      keywords: ['Firewall'],
      name: 'EnableFirewall',
      offsetUri: '/MdmStore/DomainProfile/EnableFirewall',
      options: [
        {
          itemId: 'vendor_msft_firewall_mdmstore_domainprofile_enablefirewall_true',
          name: 'true',
          displayName: 'True',
          description: null,
          helpText: null,
        },
      ],
      riskLevel: 'low',
      settingUsage: 'configuration',
      uxBehavior: 'toggle',
      visibility: 'settingsCatalog,template',
    },
    'vendor_msft_firewall_mdmstore_domainprofile_enablefirewall',
  ),
  sample(
    'configurationPolicyTemplates',
    {
      displayName: 'Sample firewall rules',
      description: 'Rules of the Windows firewall',
      allowUnmanagedSettings: false,
      baseId: stableGuid('sample configurationPolicyTemplates'),
      disableEntraGroupPolicyAssignment: false,
      displayVersion: 'Version 1',
      lifecycleState: 'active',
      platforms: 'windows10',
      settingTemplateCount: 12,
      technologies: 'mdm,microsoftSense',
      templateFamily: 'endpointSecurityFirewall',
      version: 1,
    },
    `${stableGuid('sample configurationPolicyTemplates')}_1`,
  ),
];
