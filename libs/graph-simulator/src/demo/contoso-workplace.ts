import { catalog, type CatalogDraft } from './draft-builders.js';
import type { PolicyDraft, Target } from './policy-draft.js';
import { choice, groups, integer, text, texts } from './setting-instances.js';

const POLICY = 'device_vendor_msft_policy_config_';
const USER = 'user_vendor_msft_policy_config_';
const EDGE = `${POLICY}microsoft_edge~policy~microsoft_edge`;
const ONEDRIVE = `${POLICY}onedrivengscv2~policy~onedrivengsc_`;
const OFFICE = `${USER}office16v2~policy~l_microsoftofficesystem~`;
const WINDOWS: Target[] = [{ to: 'group', group: 'Intune - Windows - All corporate' }];
const USERS: Target[] = [{ to: 'group', group: 'Intune - Users - All staff' }];
const KIOSK: Target[] = [{ to: 'group', group: 'Intune - Windows - Kiosks' }];

const LONG_NAME = `CON - Win - Wi-Fi certificates for the branch offices ${['Amsterdam', 'Berlin', 'Chișinău', 'Düsseldorf', 'Évora', 'Fürth', 'Göteborg', 'Helsinki', 'İzmir', 'Jönköping', 'Kraków', 'Łódź', 'Málaga', 'Nîmes', 'Ørsta'].join(', ')} and every site that is opened before the end of the year`;

const DRAFTS: readonly CatalogDraft[] = [
  {
    name: 'CON - Win - Edge - Updates',
    targets: WINDOWS,
    settings: [
      choice(`${POLICY}update~policy~cat_edgeupdate~cat_applications_pol_updatepolicy`, 1),
      integer(`${POLICY}update~policy~cat_edgeupdate~cat_preferences_pol_autoupdatecheckperiod`, 700),
    ],
  },
  {
    name: 'CON - Win - Edge - Extensions (allow list)',
    targets: USERS,
    settings: [
      choice(`${EDGE}~extensions_extensioninstallblocklist`, 1, [
        texts(`${EDGE}~extensions_extensioninstallblocklist_desc`, ['*']),
      ]),
      choice(`${EDGE}~extensions_extensioninstallallowlist`, 1, [
        texts(`${EDGE}~extensions_extensioninstallallowlist_desc`, [
          'odfafepnkmbhccpbejgmiehpchacaeak',
          'ppnbnpeolgkicgegkbkbjmhlideopiji',
        ]),
      ]),
    ],
  },
  {
    name: 'CON - Win - Edge - Home page "Contoso Today"',
    description: 'Start page https://today.contoso.example/?lang=de&utm=edge#news',
    targets: USERS,
    settings: [
      choice(`${EDGE}~startup_homepagelocation`, 1, [
        text(
          `${EDGE}~startup_homepagelocation_homepagelocation`,
          'https://today.contoso.example/?lang=de&utm=edge#news',
        ),
      ]),
      choice(`${EDGE}~startup_showhomebutton`, 1),
      choice(`${EDGE}~startup_newtabpagelocation`, 0),
    ],
  },
  {
    name: 'CON - Win - OneDrive - Known folders',
    targets: WINDOWS,
    settings: [
      choice(`${ONEDRIVE}silentaccountconfig`, 1),
      choice(`${ONEDRIVE}filesondemandenabled`, 1),
      choice(`${ONEDRIVE}kfmsilentoptin`, 1, [
        text(`${ONEDRIVE}kfmsilentoptin_kfmsilentoptin_textbox`, '6f1c2a44-0d53-4f0e-9a57-c04705000001'),
      ]),
      choice(`${ONEDRIVE}kfmblockoptout`, 1),
      choice(`${ONEDRIVE}disablepersonalsync`, 1),
    ],
  },
  {
    name: 'CON - Win - Office - Macros from the Internet blocked',
    targets: USERS,
    settings: [
      choice(
        `${USER}excel16v2~policy~l_microsoftofficeexcel~l_exceloptions~l_security~l_trustcenter_l_blockmacroexecutionfrominternet`,
        1,
      ),
      choice(
        `${USER}word16v2~policy~l_microsoftofficeword~l_wordoptions~l_security~l_trustcenter_l_blockmacroexecutionfrominternet`,
        1,
      ),
      choice(
        `${USER}ppt16v2~policy~l_microsoftofficepowerpoint~l_powerpointoptions~l_security~l_trustcenter_l_blockmacroexecutionfrominternet`,
        1,
      ),
      choice(`${OFFICE}l_securitysettings_l_disablevbaforofficeapplications`, 0),
    ],
  },
  {
    name: 'CON - Win - Office - Update channel',
    targets: WINDOWS,
    settings: [
      choice(`${POLICY}office16v2~policy~l_microsoftofficemachine~l_updates_l_updatebranch`, 1, [
        choice(
          `${POLICY}office16v2~policy~l_microsoftofficemachine~l_updates_l_updatebranch_l_updatebranchid`,
          'l_monthlyenterprise',
        ),
      ]),
      choice(`${POLICY}office16v2~policy~l_microsoftofficemachine~l_updates_l_enableautomaticupdates`, 1),
    ],
  },
  {
    name: 'CON - Win - Delivery Optimization (50 % of the uplink)',
    targets: WINDOWS,
    settings: [
      choice(`${POLICY}deliveryoptimization_dodownloadmode`, 2),
      integer(`${POLICY}deliveryoptimization_dopercentagemaxforegroundbandwidth`, 50),
      integer(`${POLICY}deliveryoptimization_domaxcacheage`, 604800),
      choice(`${POLICY}deliveryoptimization_dorestrictpeerselectionby`, 1),
    ],
  },
  {
    name: 'CON - Win - Telemetry and Windows health',
    targets: WINDOWS,
    settings: [
      choice(`${POLICY}system_allowtelemetry`, 1),
      choice(`${POLICY}system_allowdevicenameindiagnosticdata`, 1),
      choice(`${POLICY}system_limitdiagnosticlogcollection`, 1),
    ],
  },
  {
    name: 'CON - Win - Lock screen & power',
    targets: WINDOWS,
    settings: [
      integer(`${POLICY}devicelock_maxinactivitytimedevicelock`, 15),
      choice(`${POLICY}power_requirepasswordwhencomputerwakespluggedin`, 1),
      choice(`${POLICY}power_allowhibernate`, 0),
      text(
        `${POLICY}localpoliciessecurityoptions_interactivelogon_messagetitleforusersattemptingtologon`,
        'Contoso – for authorised use only',
      ),
    ],
  },
  {
    name: 'CON - Win - Time zone Europe/Amsterdam',
    targets: WINDOWS,
    settings: [text(`${POLICY}timelanguagesettings_configuretimezone`, 'W. Europe Standard Time')],
  },
  {
    name: 'CON - Win - Copilot and Recall off',
    targets: USERS,
    settings: [
      choice(`${USER}windowsai_turnoffwindowscopilot`, 1),
      choice(`${USER}windowsai_disableaidataanalysis`, 1),
    ],
  },
  {
    name: 'CON - Win - Store and in-box apps',
    targets: WINDOWS,
    settings: [
      choice(`${POLICY}applicationmanagement_allowappstoreautoupdate`, 1),
      choice(`${POLICY}applicationmanagement_requireprivatestoreonly`, 1),
      choice(`${POLICY}applicationmanagement_allowgamedvr`, 0),
    ],
  },
  {
    name: 'CON - Win - Removable storage',
    description: 'Read only; exceptions by group.',
    targets: [...WINDOWS, { to: 'exclude', group: 'Intune - Exclusions - USB writers' }],
    settings: [
      choice(`${POLICY}storage_removablediskdenywriteaccess`, 1),
      groups('device_vendor_msft_defender_configuration_devicecontrol_policygroups_{groupid}', [
        [
          text(
            'device_vendor_msft_defender_configuration_devicecontrol_policygroups_{groupid}_id',
            '{9b28fae8-72f7-4267-a1a5-685f747a7146}',
          ),
        ],
        [
          text(
            'device_vendor_msft_defender_configuration_devicecontrol_policygroups_{groupid}_id',
            '{65fa649a-a111-4912-9294-fb6337a25038}',
          ),
        ],
      ]),
    ],
  },
  {
    name: 'CON - Win - Remote Desktop hardening',
    targets: WINDOWS,
    settings: [
      choice(`${POLICY}remotedesktopservices_clientconnectionencryptionlevel`, 1, [
        choice(`${POLICY}remotedesktopservices_clientconnectionencryptionlevel_ts_encryption_level`, 3),
      ]),
      choice(`${POLICY}remotedesktopservices_donotallowdriveredirection`, 1),
      choice(`${POLICY}remotedesktopservices_requiresecurerpccommunication`, 1),
    ],
  },
  {
    name: 'CON - Win - Kiosk 🖥️ lobby',
    targets: KIOSK,
    settings: [
      choice(`${POLICY}experience_allowcortana`, 0),
      choice(`${POLICY}experience_allowscreenrecorder`, 0),
      choice(`${POLICY}abovelock_allowtoasts`, 0),
    ],
  },
  // Two policies of one name: the service allows it, and people do it.
  {
    name: 'Copy of test',
    key: 'Copy of test 1',
    description: null,
    targets: [],
    settings: [choice(`${POLICY}experience_allowcortana`, 0)],
  },
  {
    name: 'Copy of test',
    key: 'Copy of test 2',
    description: null,
    targets: [{ to: 'group', group: 'Intune - deleted project group' }],
    settings: [choice(`${POLICY}experience_allowcortana`, 1)],
  },
  {
    name: LONG_NAME,
    targets: [{ to: 'group', group: "Intune - Branches - d'Azur, Łódź & Co" }],
    settings: [
      choice(`${POLICY}wifi_allowautoconnecttowifisensehotspots`, 0),
      choice(`${POLICY}wifi_allowinternetsharing`, 0),
    ],
  },
];

/** Contoso's settings catalog beyond security: browsers, Office, user experience and leftovers. */
export const CONTOSO_WORKPLACE: readonly PolicyDraft[] = DRAFTS.map(catalog);
