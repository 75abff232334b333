const EDGE = 'device_vendor_msft_policy_config_microsoft_edge~policy~microsoft_edge';
const CHROME = 'device_vendor_msft_policy_config_chromeintunev1~policy~googlechrome';

/** On-or-off policies of the browsers (their vendors' policy lists), by the catalogue's prefix. */
export const BROWSER_SETTINGS: Readonly<Record<string, string>> = {
  [EDGE]: `
    allowdeletingbrowserhistory audiocaptureallowed audiosandboxenabled autofilladdressenabled autofillcreditcardenabled
    backgroundmodeenabled browserlegacyextensionpointsblockingenabled browsersignin builtindnsclientenabled
    clearbrowsingdataonexit clickonceenabled componentupdatesenabled configuredonottrack cryptowalletenabled
    defaultbrowsersettingenabled developertoolsavailability diagnosticdata directinvokeenabled disable3dapis
    disablescreenshots dnsinterceptionchecksenabled dnsoverhttpsmode editfavoritesenabled edgecollectionsenabled
    edgefollowenabled edgeshoppingassistantenabled enhancesecuritymode experimentationandconfigurationservicecontrol
    favoritesbarenabled forcebingsafesearch forcegooglesafesearch forcesync fullscreenallowed
    hardwareaccelerationmodeenabled hidefirstrunexperience hideinternetexplorerredirectuxforincompatiblesitesenabled
    hubssidebarenabled importautofillformdata importbrowsersettings importhistory importsavedpasswords
    inprivatemodeavailability insecureformswarningsenabled internetexplorerintegrationlevel
    localprovidersenabled networkpredictionoptions paymentmethodqueryenabled personalizationreportingenabled
    promotionaltabsenabled quicallowed resolvenavigationerrorsusewebservice savingbrowserhistorydisabled
    screencaptureallowed searchsuggestenabled showmicrosoftrewards showofficeshortcutinfavoritesbar
    showrecommendationsenabled sitepeprocessisolation sitesafetyservicesenabled spellcheckenabled
    sslerroroverrideallowed syncdisabled tabfreezingenabled taskmanagerendprocessenabled translateenabled
    userfeedbackallowed videocaptureallowed webwidgetallowed`,
  [CHROME]: `
    allowdinosaureasteregg allowfileselectiondialogs autofilladdressenabled autofillcreditcardenabled
    backgroundmodeenabled bookmarkbarenabled browserguestmodeenabled browserlabsenabled browsersignin
    builtindnsclientenabled componentupdatesenabled developertoolsavailability disable3dapis disablescreenshots
    editbookmarksenabled importautofillformdata importbookmarks importhistory importsavedpasswords
    incognitomodeavailability metricsreportingenabled paymentmethodqueryenabled promotionaltabsenabled quicallowed
    safebrowsingprotectionlevel savingbrowserhistorydisabled searchsuggestenabled showhomebutton spellcheckserviceenabled
    sslerroroverrideallowed syncdisabled translateenabled`,
};

/** Payloads of Apple profiles: each is one group setting, `{payload}_{payload}`, with the keys inside. */
export const APPLE_SETTINGS: Readonly<Record<string, string>> = {
  'com.apple.applicationaccess': `
    allowactivitycontinuation allowaddinggamecenterfriends allowairdrop allowairplayincomingrequests allowairprint
    allowappinstallation allowappremoval allowassistant allowassistantwhilelocked allowautocorrection allowautounlock
    allowcamera allowchat allowcloudbackup allowclouddesktopanddocuments allowclouddocumentsync allowcloudkeychainsync
    allowcloudmail allowcloudnotes allowcloudphotolibrary allowcloudprivaterelay allowcloudreminders
    allowcontentcaching allowdefinitionlookup allowdiagnosticsubmission allowdictation allowenterpriseapptrust
    allowerasecontentandsettings allowesimmodification allowexplicitcontent allowfilesharingmodification
    allowfindmydevice allowfindmyfriends allowfingerprintforunlock allowgamecenter allowhostpairing
    allowinapppurchases allowitunes allowlockscreencontrolcenter allowlockscreennotificationsview allowmusicservice
    allownews allowpasswordautofill allowpasswordproximityrequests allowpasswordsharing allowpersonalhotspotmodification
    allowproximitysetuptonewdevice allowsafari allowscreenshot allowspotlightinternetresults allowuntrustedtlsprompt
    allowusbrestrictedmode allowvideoconferencing allowvpncreation forceairplayoutgoingrequestspairingpassword
    forceautomaticdateandtime forceencryptedbackup forcelimitadtracking forcewifiwhitelisting safariallowpopups`,
  'com.apple.mcx.filevault2': `enable defer userentersmissinginfo showrecoverykey userecoverykey`,
  'com.apple.security.firewall': `enablefirewall enablestealthmode blockallincoming allowsigned allowsignedapp`,
  'com.apple.systempolicy.control': `allowidentifieddevelopers enableassessment enablexprotectmalwareupload`,
  'com.apple.screensaver': `askforpassword askforpassworddelay# idletime# loginwindowidletime#`,
  'com.apple.loginwindow': `
    disableconsoleaccess poweroffdisabled restartdisabled showfullname sleepdisabled shutdowndisabled adminhostinfo$
    loginwindowtext$ includenetworkuser hidelocalusers`,
  'com.apple.softwareupdate': `
    allowprereleaseinstallation automaticcheckenabled automaticdownload automaticallyinstallappupdates
    automaticallyinstallmacosupdates configdatainstall criticalupdateinstall restrictsoftwareupdaterequireadmintoinstall`,
  'com.apple.dock': `autohide magnification minimizetoapplication showrecents tilesize# launchanim`,
  'com.apple.mobiledevice.passwordpolicy': `
    allowsimple forcepin maxfailedattempts# maxgraceperiod# maxinactivity# minlength# pinhistory# requirealphanumeric`,
};
