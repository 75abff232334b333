import { catalog } from './draft-builders.js';
import type { PolicyDraft, Target } from './policy-draft.js';
import { choice, groups, integer, text, texts } from './setting-instances.js';

const DEFENDER = 'device_vendor_msft_policy_config_defender_';
const ASR = `${DEFENDER}attacksurfacereductionrules`;
const FIREWALL = 'vendor_msft_firewall_mdmstore_';
const BITLOCKER = 'device_vendor_msft_bitlocker_';
const LAPS = 'device_vendor_msft_laps_policies_';
const ANTIVIRUS: [string, string, string] = [
  'endpointSecurityAntivirus',
  '804339ad-1553-4478-a742-138fb5807418_1',
  'Microsoft Defender Antivirus',
];
const ASR_TEMPLATE: [string, string, string] = [
  'endpointSecurityAttackSurfaceReduction',
  'e8c053d6-9f95-42b1-a7f1-ebfd71c67a4b_1',
  'Attack Surface Reduction Rules',
];
const WINDOWS: Target[] = [{ to: 'group', group: 'Intune - Windows - All corporate' }];
const PILOT: Target[] = [{ to: 'group', group: 'Intune - Windows - Ring 0 pilot' }];

const ASR_RULES = [
  'blockadobereaderfromcreatingchildprocesses',
  'blockexecutionofpotentiallyobfuscatedscripts',
  'blockwin32apicallsfromofficemacros',
  'blockcredentialstealingfromwindowslocalsecurityauthoritysubsystem',
  'blockexecutablefilesrunningunlesstheymeetprevalenceagetrustedlistcriterion',
  'blockjavascriptorvbscriptfromlaunchingdownloadedexecutablecontent',
  'blockofficecommunicationappfromcreatingchildprocesses',
  'blockallofficeapplicationsfromcreatingchildprocesses',
  'blockuntrustedunsignedprocessesthatrunfromusb',
  'blockprocesscreationsfrompsexecandwmicommands',
  'blockpersistencethroughwmieventsubscription',
  'useadvancedprotectionagainstransomware',
];

/** Every ASR rule in one mode: the setting is a list with one group of choices. */
function asrRules(mode: 'block' | 'audit' | 'warn') {
  return groups(ASR, [ASR_RULES.map((rule) => choice(`${ASR}_${rule}`, mode))]);
}

function firewallProfile(name: string, inbound: string) {
  const id = `${FIREWALL}${name}profile_`;
  return choice(`${id}enablefirewall`, 'true', [
    choice(`${id}defaultinboundaction`, inbound),
    choice(`${id}disablestealthmode`, 'false'),
    integer(`${id}logmaxfilesize`, 16384),
  ]);
}

/** Contoso's endpoint security and device security policies. */
export const CONTOSO_SECURITY: readonly PolicyDraft[] = [
  catalog({
    name: 'CON - Win - AV - Baseline',
    description: 'Real-time protection, cloud block level high. Owner: Endpoint team.',
    technologies: 'mdm,microsoftSense',
    template: ANTIVIRUS,
    targets: [...WINDOWS, { to: 'exclude', group: 'Intune - Exclusions - Lab machines' }],
    settings: [
      choice(`${DEFENDER}allowarchivescanning`, 1),
      choice(`${DEFENDER}allowbehaviormonitoring`, 1),
      choice(`${DEFENDER}allowcloudprotection`, 1),
      choice(`${DEFENDER}allowemailscanning`, 1),
      choice(`${DEFENDER}allowrealtimemonitoring`, 1),
      choice(`${DEFENDER}allowscanningnetworkfiles`, 1),
      choice(`${DEFENDER}cloudblocklevel`, 2),
      integer(`${DEFENDER}cloudextendedtimeout`, 50),
      integer(`${DEFENDER}daystoretaincleanedmalware`, 60),
      choice(`${DEFENDER}enablenetworkprotection`, 1),
      choice(`${DEFENDER}puaprotection`, 1),
      choice(`${DEFENDER}submitsamplesconsent`, 3),
      integer(`${DEFENDER}schedulequickscantime`, 720),
    ],
  }),
  catalog({
    name: 'CON - Win - AV - Exclusions (SQL & build servers)',
    description: 'Reviewed every quarter; ticket CHG-20441.',
    technologies: 'mdm,microsoftSense',
    template: [
      'endpointSecurityAntivirus',
      '45fea5e9-280d-4da1-9792-fb5736da0ca9_1',
      'Microsoft Defender Antivirus exclusions',
    ],
    targets: [{ to: 'group', group: 'Intune - Servers - SQL & build' }],
    settings: [
      texts(`${DEFENDER}excludedpaths`, [
        'C:\\Program Files\\Microsoft SQL Server\\MSSQL16',
        'D:\\agents\\_work',
        'E:\\Data\\*.mdf',
      ]),
      texts(`${DEFENDER}excludedprocesses`, ['sqlservr.exe', 'msbuild.exe']),
      texts(`${DEFENDER}excludedextensions`, ['mdf', 'ldf', 'ndf']),
    ],
  }),
  catalog({
    name: 'CON - Win - ASR - Audit',
    technologies: 'mdm,microsoftSense',
    template: ASR_TEMPLATE,
    targets: WINDOWS,
    settings: [asrRules('audit')],
  }),
  catalog({
    name: 'CON - Win - ASR - Block (pilot → all in Q3)',
    description: null,
    technologies: 'mdm,microsoftSense',
    template: ASR_TEMPLATE,
    targets: PILOT,
    settings: [
      asrRules('block'),
      texts(`${DEFENDER}attacksurfacereductiononlyexclusions`, ['C:\\LOB\\Ledger\\ledger.exe']),
    ],
  }),
  catalog({
    name: 'CON - Win - Firewall - All profiles',
    technologies: 'mdm,microsoftSense',
    template: ['endpointSecurityFirewall', '6078910e-d808-4a9f-a51d-1b8a7bacb7c0_1', 'Windows Firewall'],
    targets: WINDOWS,
    settings: [firewallProfile('domain', '1'), firewallProfile('private', '1'), firewallProfile('public', '1')],
  }),
  catalog({
    name: 'CON - Win - BitLocker - OS drives',
    template: ['endpointSecurityDiskEncryption', '46ddfc50-d10f-4867-b852-9434254b3bff_1', 'BitLocker'],
    targets: [{ to: 'devices', filter: 'Corporate laptops' }],
    settings: [
      choice(`${BITLOCKER}requiredeviceencryption`, 1),
      choice(`${BITLOCKER}allowwarningforotherdiskencryption`, 0, [
        choice(`${BITLOCKER}allowstandarduserencryption`, 1),
      ]),
      choice(`${BITLOCKER}configurerecoverypasswordrotation`, 2),
      choice(`${BITLOCKER}systemdrivesencryptiontype`, 1, [
        choice(`${BITLOCKER}systemdrivesencryptiontype_osencryptiontypedropdown_name`, 1),
      ]),
      choice(`${BITLOCKER}systemdrivesminimumpinlength`, 1, [
        integer(`${BITLOCKER}systemdrivesminimumpinlength_minpinlength`, 8),
      ]),
    ],
  }),
  catalog({
    name: 'CON - Win - LAPS',
    description: 'Entra-backed, 30 days, "CONAdmin"',
    template: [
      'endpointSecurityAccountProtection',
      'adc46e5a-f4aa-4ff6-aeff-4f27bc525796_1',
      'Local admin password solution (Windows LAPS)',
    ],
    targets: WINDOWS,
    settings: [
      choice(`${LAPS}backupdirectory`, 1, [integer(`${LAPS}passwordagedays_aad`, 30)]),
      text(`${LAPS}administratoraccountname`, 'CONAdmin'),
      choice(`${LAPS}passwordcomplexity`, 4),
      integer(`${LAPS}passwordlength`, 21),
      choice(`${LAPS}postauthenticationactions`, 3),
      integer(`${LAPS}postauthenticationresetdelay`, 8),
    ],
  }),
  catalog({
    name: 'CON - Win - Device Guard & Credential Guard',
    targets: WINDOWS,
    settings: [
      choice('device_vendor_msft_policy_config_deviceguard_enablevirtualizationbasedsecurity', 1),
      choice('device_vendor_msft_policy_config_deviceguard_requireplatformsecurityfeatures', 3),
      choice('device_vendor_msft_policy_config_deviceguard_lsacfgflags', 1),
      choice('device_vendor_msft_policy_config_deviceguard_configuresystemguardlaunch', 1),
      choice('device_vendor_msft_policy_config_virtualizationbasedtechnology_hypervisorenforcedcodeintegrity', 1),
    ],
  }),
  catalog({
    name: "CON - Win - User rights (don't change without CAB)",
    targets: WINDOWS,
    settings: [
      texts('device_vendor_msft_policy_config_userrights_accessfromnetwork', ['*S-1-5-32-544', '*S-1-5-32-555']),
      texts('device_vendor_msft_policy_config_userrights_denylocallogon', ['*S-1-5-32-546']),
      texts('device_vendor_msft_policy_config_userrights_backupfilesanddirectories', ['*S-1-5-32-544']),
      texts('device_vendor_msft_policy_config_userrights_debugprograms', ['*S-1-5-32-544']),
    ],
  }),
  catalog({
    name: 'CON - Win - Windows Hello for Business',
    targets: [{ to: 'users' }, { to: 'exclude', group: 'Intune - Exclusions - Shared desks' }],
    settings: [
      choice('user_vendor_msft_passportforwork_{tenantid}_policies_usepassportforwork', 'true'),
      choice('user_vendor_msft_passportforwork_{tenantid}_policies_requiresecuritydevice', 'true'),
      integer('user_vendor_msft_passportforwork_{tenantid}_policies_pincomplexity_minimumpinlength', 8),
      choice('user_vendor_msft_passportforwork_{tenantid}_policies_usecloudtrustforonpremauth', 'true'),
    ],
  }),
  catalog({
    name: 'CON - Win - Audit and event logging',
    targets: WINDOWS,
    settings: [
      choice('device_vendor_msft_policy_config_audit_accountlogon_auditcredentialvalidation', 3),
      choice('device_vendor_msft_policy_config_audit_accountmanagement_auditsecuritygroupmanagement', 1),
      choice('device_vendor_msft_policy_config_audit_detailedtracking_auditprocesscreation', 1),
      choice('device_vendor_msft_policy_config_audit_logonlogoff_auditlogon', 3),
      choice('device_vendor_msft_policy_config_audit_privilegeuse_auditsensitiveprivilegeuse', 3),
      integer('device_vendor_msft_policy_config_eventlogservice_specifymaximumfilesizesecuritylog', 1048576),
    ],
  }),
];
