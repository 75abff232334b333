import type { SeedObject } from '../../src/store/seed-tenant.js';
import { stableGuid } from '../../src/store/stable-id.js';
import { assignedFrom, assignedTo, base64, common, CREATED, MODIFIED, sample } from './sample-parts.js';

const DEFINITION_ID = stableGuid('sample groupPolicyDefinitions');
const PRESENTATION_ID = stableGuid('sample presentation');
const TEMPLATE_ID = stableGuid('sample templates');

export const CONFIGURATION_SAMPLES: readonly SeedObject[] = [
  sample('deviceConfigurations', {
    '@odata.type': '#microsoft.graph.windows10CustomConfiguration',
    ...common('Sample - Windows - Custom OMA-URI'),
    supportsScopeTags: true,
    version: 3,
    deviceManagementApplicabilityRuleOsEdition: null,
    omaSettings: [
      {
        '@odata.type': '#microsoft.graph.omaSettingString',
        displayName: 'Wi-Fi key',
        description: null,
        omaUri: './Vendor/MSFT/WiFi/Profile/Sample/WlanXml',
        secretReferenceValueId: `${stableGuid('sample tenant')}_${stableGuid('sample deviceConfigurations')}_${stableGuid('sample secret')}`,
        isEncrypted: true,
        value: 'correct horse battery staple',
      },
      {
        '@odata.type': '#microsoft.graph.omaSettingInteger',
        displayName: 'Allow telemetry',
        description: null,
        omaUri: './Vendor/MSFT/Policy/Config/System/AllowTelemetry',
        secretReferenceValueId: null,
        isEncrypted: false,
        value: 1,
        isReadOnly: false,
      },
    ],
    assignments: assignedFrom('deviceConfigurations', { intent: 'apply' }),
  }),
  sample('groupPolicyConfigurations', {
    ...common('Sample - Office - Trusted locations'),
    policyConfigurationIngestionType: 'builtIn',
    assignments: assignedTo('groupPolicyConfigurations', { lastModifiedDateTime: MODIFIED }),
    definitionValues: [
      {
        id: stableGuid('sample definition value'),
        createdDateTime: CREATED,
        lastModifiedDateTime: MODIFIED,
        enabled: true,
        configurationType: 'policy',
        definition: { id: DEFINITION_ID },
        presentationValues: [
          {
            '@odata.type': '#microsoft.graph.groupPolicyPresentationValueText',
            id: stableGuid('sample presentation value'),
            createdDateTime: CREATED,
            lastModifiedDateTime: MODIFIED,
            value: '\\\\files.sample.example\\templates',
            presentation: {
              '@odata.type': '#microsoft.graph.groupPolicyPresentationTextBox',
              id: PRESENTATION_ID,
              label: 'Path:',
              lastModifiedDateTime: CREATED,
              defaultValue: null,
              maxLength: 260,
              required: true,
            },
          },
        ],
      },
    ],
  }),
  sample('groupPolicyDefinitions', {
    displayName: 'Trusted Location #1',
    classType: 'user',
    categoryPath: '\\Microsoft Word 2016\\Word Options\\Security\\Trusted Locations',
    explainText: 'A folder whose files open without protection.',
    groupPolicyCategoryId: stableGuid('sample category word'),
    hasRelatedDefinitions: false,
    lastModifiedDateTime: CREATED,
    minDeviceCspVersion: '5.0',
    minUserCspVersion: '5.0',
    policyType: 'admxBacked',
    supportedOn: 'At least Windows 10',
    version: '1.0',
    presentations: [
      {
        '@odata.type': '#microsoft.graph.groupPolicyPresentationTextBox',
        id: PRESENTATION_ID,
        label: 'Path:',
        lastModifiedDateTime: CREATED,
        defaultValue: null,
        maxLength: 260,
        required: true,
      },
    ],
  }),
  sample('groupPolicyUploadedDefinitionFiles', {
    displayName: 'sample.admx',
    description: null,
    fileName: 'sample.admx',
    languageCodes: ['en-US'],
    lastModifiedDateTime: MODIFIED,
    policyType: 'admxIngested',
    revision: '1.0',
    targetNamespace: 'Sample.Policies.App',
    targetPrefix: 'sampleapp',
    content: base64('<policyDefinitions revision="1.0"/>'),
    defaultLanguageCode: '',
    status: 'available',
    uploadDateTime: CREATED,
    groupPolicyUploadedLanguageFiles: [{ fileName: 'sample.adml', languageCode: 'en-US' }],
    groupPolicyOperations: [
      {
        id: stableGuid('sample operation'),
        lastModifiedDateTime: MODIFIED,
        operationStatus: 'success',
        operationType: 'upload',
        statusDetails: null,
      },
    ],
  }),
  sample('intents', {
    displayName: 'Sample - Disk encryption (old)',
    description: null,
    isAssigned: true,
    isMigratingToConfigurationPolicy: false,
    lastModifiedDateTime: MODIFIED,
    roleScopeTagIds: ['0'],
    templateId: TEMPLATE_ID,
    assignments: assignedTo('intents'),
    settings: [
      {
        '@odata.type': '#microsoft.graph.deviceManagementBooleanSettingInstance',
        id: stableGuid('sample intent setting'),
        definitionId: 'deviceConfiguration--windows10EndpointProtectionConfiguration_bitLockerEncryptDevice',
        valueJson: 'true',
        value: true,
      },
    ],
    categories: [
      {
        id: stableGuid('sample intent category'),
        displayName: 'BitLocker base settings',
        hasRequiredSetting: false,
        settings: [
          {
            '@odata.type': '#microsoft.graph.deviceManagementBooleanSettingInstance',
            id: stableGuid('sample intent setting'),
            definitionId: 'deviceConfiguration--windows10EndpointProtectionConfiguration_bitLockerEncryptDevice',
            valueJson: 'true',
            value: true,
          },
        ],
      },
    ],
  }),
  sample('templates', {
    '@odata.type': '#microsoft.graph.deviceManagementTemplate',
    displayName: 'Sample disk encryption',
    description: null,
    intentCount: 1,
    isDeprecated: true,
    platformType: 'windows10AndLater',
    publishedDateTime: CREATED,
    templateSubtype: 'diskEncryption',
    templateType: 'securityTemplate',
    versionInfo: '1.0',
  }),
  sample('hardwareConfigurations', {
    ...common('Sample - BIOS - Laptops'),
    fileName: 'bios.cctk',
    configurationFileContent: base64('[cctk]\nWakeOnLan=Disabled\n'),
    hardwareConfigurationFormat: 'dell',
    perDevicePasswordDisabled: true,
    version: 1,
    assignments: assignedTo('hardwareConfigurations'),
  }),
];
