import { catalog } from './draft-builders.js';
import type { PolicyDraft } from './policy-draft.js';
import { choice, text } from './setting-instances.js';

const EDGE = 'device_vendor_msft_policy_config_microsoft_edge~policy~microsoft_edge';

/** Settings that are on or off: name with its category path, and whether it is on. */
const SWITCHES: readonly [name: string, on: boolean][] = [
  ['~smartscreen_smartscreenenabled', true],
  ['~smartscreen_preventsmartscreenpromptoverride', true],
  ['~smartscreen_preventsmartscreenpromptoverrideforfiles', true],
  ['~smartscreen_smartscreenpuaenabled', true],
  ['~smartscreen_smartscreendnsrequestsenabled', true],
  ['~passwordmanager_passwordmanagerenabled', false],
  ['~httpauthentication_basicauthoverhttpenabled', false],
  ['~nativemessaging_nativemessaginguserlevelhosts', false],
  ['~privatenetworkrequestsettings_insecureprivatenetworkrequestsallowed', false],
  ['~typosquattingchecker_typosquattingcheckerenabled', true],
  ['~identity_browseraddprofileenabled', false],
  ['~identity_noncorporateprofilesallowed', false],
  ['~extensions_blockexternalextensions', true],
  ['~startup_restoreonstartupuserurlsenabled', false],
  ['_allowdeletingbrowserhistory', false],
  ['_audiosandboxenabled', true],
  ['_autofillcreditcardenabled', false],
  ['_autoimportatfirstrunenabled', false],
  ['_backgroundmodeenabled', false],
  ['_browserlegacyextensionpointsblockingenabled', true],
  ['_componentupdatesenabled', true],
  ['_cryptowalletenabled', false],
  ['_dnsinterceptionchecksenabled', true],
  ['_edgeshoppingassistantenabled', false],
  ['_enhancesecuritymodebypassintranet', true],
  ['_hidefirstrunexperience', true],
  ['_hubssidebarenabled', false],
  ['_internetexplorerintegrationreloadiniemodeallowed', false],
  ['_personalizationreportingenabled', false],
  ['_promotionaltabsenabled', false],
  ['_sharedarraybufferunrestrictedaccessallowed', false],
  ['_showrecommendationsenabled', false],
  ['_sitepeprocessisolation', true],
  ['_sslerroroverrideallowed', false],
  ['_userfeedbackallowed', false],
  ['_webwidgetallowed', false],
];

/** One policy of more than 25 settings, so that its settings come in two pages. */
export const CONTOSO_EDGE_BASELINE: PolicyDraft = catalog({
  name: 'CON - Win - Edge - Security baseline',
  description: 'Follows the vendor baseline; deviations are listed in the wiki.',
  targets: [{ to: 'group', group: 'Intune - Windows - All corporate' }],
  settings: [
    ...SWITCHES.map(([name, on]) => choice(`${EDGE}${name}`, on ? 1 : 0)),
    choice(`${EDGE}_sslversionmin`, 1, [text(`${EDGE}_sslversionmin_sslversionmin`, 'tls1.2')]),
    choice(`${EDGE}_trackingprevention`, 1, [choice(`${EDGE}_trackingprevention_trackingprevention`, 2)]),
    choice(`${EDGE}~httpauthentication_authschemes`, 1, [
      text(`${EDGE}~httpauthentication_authschemes_authschemes`, 'ntlm,negotiate'),
    ]),
    choice(`${EDGE}_dnsoverhttpsmode`, 1, [choice(`${EDGE}_dnsoverhttpsmode_dnsoverhttpsmode`, 'off')]),
  ],
});
