/** Settings by area, written like SECURITY_SETTINGS. */
export const WORKPLACE_SETTINGS: Readonly<Record<string, string>> = {
  abovelock: `allowcortanaabovelock allowtoasts`,
  accounts: `
    allowaddingnonmicrosoftaccountsmanually allowmicrosoftaccountconnection allowmicrosoftaccountsigninassistant`,
  applicationmanagement: `
    allowalltrustedapps allowappstoreautoupdate allowdeveloperunlock allowgamedvr allowshareduserappdata
    blocknonadminuserinstall disablestoreoriginatedapps msiallowusercontroloverinstall msialwaysinstallwithelevatedprivileges
    requireprivatestoreonly restrictappdatatosystemvolume restrictapptosystemvolume`,
  authentication: `allowaadpasswordreset enablewebsignin preferredaadtenantdomainname$`,
  bluetooth: `
    allowadvertising allowdiscoverablemode allowprepairing allowpromptedproximalconnections localdevicename$
    servicesallowedlist$ setminimumencryptionkeysize#`,
  camera: `allowcamera`,
  connectivity: `
    allowconnecteddevices allowphonepclinking allowusbconnection allowvpnovercellular allowvpnroamingovercellular
    disabledownloadingofprintdriversoverhttp disableinternetdownloadforwebpublishingandonlineorderingwizards
    hardeneduncpaths prohibitinstallationandconfigurationofnetworkbridge`,
  deliveryoptimization: `
    doabsolutemaxcachesize# doallowvpnpeercaching docachehost$ dodelaybackgrounddownloadfromhttp#
    dodelayforegrounddownloadfromhttp# dodownloadmode dogroupid$ dogroupidsource domaxbackgrounddownloadbandwidth#
    domaxcacheage# domaxcachesize# domaxforegrounddownloadbandwidth# dominbackgroundqos#
    dominbatterypercentageallowedtoupload# domindisksizeallowedtopeer# dominfilesizetocache# dominramallowedtopeer#
    domodifycachedrive$ domonthlyuploaddatacap# dopercentagemaxbackgroundbandwidth#
    dopercentagemaxforegroundbandwidth# dorestrictpeerselectionby`,
  errorreporting: `disablewindowserrorreporting donotsendadditionaldata preventcriticalerrordisplay`,
  experience: `
    allowclipboardhistory allowcortana allowdevicediscovery allowfindmydevice allowmanualmdmunenrollment
    allowsyncmysettings allowwindowsspotlight configurechaticonvisibilityonthetaskbar disablecloudoptimizedcontent
    disableconsumeraccountstatecontent donotshowfeedbacknotifications donotsyncbrowsersettings showlockonusertile`,
  licensing: `allowwindowsentitlementreactivation disallowkmsclientonlineavsvalidation`,
  maps: `allowofflinemapsdownloadovermeteredconnection enableofflinemapsautoupdate`,
  newsandinterests: `allownewsandinterests`,
  networkisolation: `
    enterprisecloudresources$ enterpriseinternalproxyservers$ enterpriseiprange$ enterprisenetworkdomainnames$
    enterpriseproxyservers$ neutralresources$ enterpriseproxyserversareauthoritative`,
  power: `
    allowhibernate allowstandbystateswhensleepingonbattery allowstandbywhensleepingpluggedin
    displayofftimeoutonbattery displayofftimeoutpluggedin energysaverbatterythresholdonbattery#
    energysaverbatterythresholdpluggedin# hibernatetimeoutonbattery hibernatetimeoutpluggedin
    requirepasswordwhencomputerwakesonbattery requirepasswordwhencomputerwakespluggedin selectlidcloseactiononbattery
    selectlidcloseactionpluggedin selectpowerbuttonactiononbattery selectpowerbuttonactionpluggedin
    selectsleepbuttonactiononbattery selectsleepbuttonactionpluggedin standbytimeoutonbattery standbytimeoutpluggedin
    turnoffhybridsleeponbattery turnoffhybridsleeppluggedin unattendedsleeptimeoutonbattery#
    unattendedsleeptimeoutpluggedin#`,
  printers: `
    configurecopyfilespolicy configureredirectionguardpolicy configurerpcauthnlevelprivacyenabled
    configurerpcconnectionpolicy configurerpclistenerpolicy configurerpctcpport configurewindowsprotectedprint
    restrictdriverinstallationtoadministrators`,
  privacy: `
    allowautoacceptpairingandprivacyconsentprompts allowcrossdeviceclipboard allowinputpersonalization
    disableadvertisingid disableprivacyexperience enableactivityfeed letappsaccessaccountinfo letappsaccesscalendar
    letappsaccesscallhistory letappsaccesscamera letappsaccesscontacts letappsaccessemail letappsaccesslocation
    letappsaccessmessaging letappsaccessmicrophone letappsaccessmotion letappsaccessnotifications letappsaccessphone
    letappsaccessradios letappsaccesstasks letappsaccesstrusteddevices letappsactivatewithvoice
    letappsactivatewithvoiceabovelock letappsgetdiagnosticinfo letappsruninbackground letappssyncwithdevices
    publishuseractivities uploaduseractivities`,
  search: `
    allowcloudsearch allowcortanainaad allowfindmyfiles allowindexingencryptedstoresoritems allowsearchhighlights
    allowusingdiacritics alwaysuseautolangdetection disablebackoff disableremovabledriveindexing donotusewebresults
    preventindexinglowdiskspacemb preventremotequeries`,
  settings: `
    allowautoplay allowdatasense allowdatetime allowlanguage allowonlinetips allowpowersleep allowregion
    allowsigninoptions allowvpn allowworkplace allowyouraccount configuretaskbarcalendar pagevisibilitylist$`,
  start: `
    allowpinnedfolderdocuments allowpinnedfolderdownloads allowpinnedfolderfileexplorer allowpinnedfoldermusic
    allowpinnedfoldernetwork allowpinnedfolderpersonalfolder allowpinnedfolderpictures allowpinnedfoldersettings
    allowpinnedfoldervideos configurestartpins$ disablecontextmenus disableeditingquicksettings forcestartsize hideapplist
    hidechangeaccountsettings hidefrequentlyusedapps hidehibernate hidelock hidepeoplebar hidepowerbutton
    hiderecentjumplists hiderecentlyaddedapps hiderecommendedsection hiderestart hideshutdown hidesignout hidesleep
    hideswitchaccount hidetaskviewbutton hideusertile nopinningtotaskbar showorhidemostusedapps simplifyquicksettings`,
  storage: `
    allowdiskhealthmodelupdates allowstoragesenseglobal allowstoragesensetemporaryfilescleanup
    configstoragesenseclouddatadehydrationthreshold# configstoragesensedownloadscleanupthreshold#
    configstoragesenseglobalcadence# configstoragesenserecyclebincleanupthreshold# enhancedstoragedevices
    removablediskdenywriteaccess wpddevicesdenyreadaccessperdevice wpddevicesdenywriteaccessperdevice`,
  system: `
    allowbuildpreview allowcommercialdatapipeline allowdesktopanalyticsprocessing allowdevicenameindiagnosticdata
    allowembeddedmode allowexperimentation allowfontproviders allowlocation allowstoragecard allowtelemetry
    allowupdatecomplianceprocessing allowusertoresetphone allowwufbcloudprocessing bootstartdriverinitialization
    configuremicrosoft365uploadendpoint$ configuretelemetryoptinchangenotification configuretelemetryoptinsettingsux
    disabledevicedelete disablediagnosticdataviewer disableenterpriseauthproxy disableonedrivefilesync
    disablesystemrestore feedbackhubalwayssavediagnosticslocally limitdiagnosticlogcollection limitdumpcollection
    limitenhanceddiagnosticdatawindowsanalytics telemetryproxy$ turnofffilehistory`,
  systemservices: `
    configurexboxaccessorymanagementservicestartupmode configurexboxliveauthmanagerservicestartupmode
    configurexboxlivegamesaveservicestartupmode configurexboxlivenetworkingservicestartupmode`,
  taskmanager: `allowendtask`,
  textinput: `
    allowhardwarekeyboardtextsuggestions allowimelogging allowimenetworkaccess allowinputpanel
    allowkeyboardtextsuggestions allowlanguagefeaturesuninstall allowlinguisticdatacollection
    allowtextinputsuggestionupdate configurejapaneseimeversion configuresimplifiedchineseimeversion
    configuretraditionalchineseimeversion enabletouchkeyboardautoinvokeindesktopmode`,
  timelanguagesettings: `
    blockcleanupofunusedpreinstalledlangpacks configuretimezone$ machineuilanguageoverwrite
    restrictlanguagepacksandfeaturesinstall`,
  update: `
    activehoursend# activehoursmaxrange# activehoursstart# allowautoupdate
    allowautowindowsupdatedownloadovermeterednetwork allowmuupdateservice allowoptionalcontent
    automaticmaintenancewakeup branchreadinesslevel configuredeadlineforfeatureupdates#
    configuredeadlineforqualityupdates# configuredeadlinegraceperiod# configuredeadlinegraceperiodforfeatureupdates#
    configuredeadlinenoautoreboot configurefeatureupdateuninstallperiod# deferfeatureupdatesperiodindays#
    deferqualityupdatesperiodindays# disabledualscan disablewufbsafeguards excludewudriversinqualityupdate
    managepreviewbuilds noupdatenotificationsduringactivehours pausefeatureupdates pausequalityupdates productversion$
    scheduleimminentrestartwarning scheduleinstallday scheduleinstalltime# schedulerestartwarning
    setautorestartnotificationdisable setdisablepauseuxaccess setdisableuxwuaccess setedurestart
    setpolicydrivenupdatesourcefordriverupdates setpolicydrivenupdatesourceforfeatureupdates
    setpolicydrivenupdatesourceforotherupdates setpolicydrivenupdatesourceforqualityupdates targetreleaseversion$
    updatenotificationlevel`,
  wifi: `
    allowautoconnecttowifisensehotspots allowinternetsharing allowmanualwificonfiguration allowwifi allowwifidirect
    wlanscanmode#`,
  windowsinkworkspace: `allowsuggestedappsinwindowsinkworkspace allowwindowsinkworkspace`,
  wirelessdisplay: `
    allowmdnsadvertisement allowmdnsdiscovery allowprojectionfrompc allowprojectionfrompcoverinfrastructure
    allowprojectiontopc allowprojectiontopcoverinfrastructure allowuserinputfromwirelessdisplayreceiver
    requirepinforpairing`,
};
