/**
 * Settings by area: the names of Microsoft's Policy CSP (Microsoft Learn, "Policy CSP"), to which the settings catalog puts
 * `device_vendor_msft_policy_config_{area}_`. A mark behind the name says what the value is: `#` a number, `$` a text,
 * `*` a list of texts, none a choice.
 */
export const SECURITY_SETTINGS: Readonly<Record<string, string>> = {
  localpoliciessecurityoptions: `
    accounts_blockmicrosoftaccounts accounts_enableadministratoraccountstatus accounts_enableguestaccountstatus
    accounts_limitlocalaccountuseofblankpasswordstoconsolelogononly accounts_renameadministratoraccount$
    accounts_renameguestaccount$ devices_allowedtoformatandejectremovablemedia devices_allowundockwithouthavingtologon
    devices_preventusersfrominstallingprinterdriverswhenconnectingtosharedprinters
    interactivelogon_displayuserinformationwhenthesessionislocked interactivelogon_donotdisplaylastsignedin
    interactivelogon_donotdisplayusernameatsignin interactivelogon_donotrequirectrlaltdel
    interactivelogon_machineinactivitylimit# interactivelogon_messagetextforusersattemptingtologon$
    interactivelogon_messagetitleforusersattemptingtologon$ interactivelogon_smartcardremovalbehavior
    microsoftnetworkclient_digitallysigncommunicationsalways
    microsoftnetworkclient_digitallysigncommunicationsifserveragrees
    microsoftnetworkclient_sendunencryptedpasswordtothirdpartysmbservers
    microsoftnetworkserver_digitallysigncommunicationsalways
    microsoftnetworkserver_digitallysigncommunicationsifclientagrees
    networkaccess_donotallowanonymousenumerationofsamaccounts
    networkaccess_donotallowanonymousenumerationofsamaccountsandshares
    networkaccess_restrictanonymousaccesstonamedpipesandshares
    networkaccess_restrictclientsallowedtomakeremotecallstosam$
    networksecurity_allowlocalsystemtousecomputeridentityforntlm networksecurity_allowpku2uauthenticationrequests
    networksecurity_donotstorelanmanagerhashvalueonnextpasswordchange networksecurity_lanmanagerauthenticationlevel
    networksecurity_minimumsessionsecurityforntlmsspbasedclients
    networksecurity_minimumsessionsecurityforntlmsspbasedservers
    networksecurity_restrictntlm_auditincomingntlmtraffic shutdown_allowsystemtobeshutdownwithouthavingtologon
    shutdown_clearvirtualmemorypagefile useraccountcontrol_allowuiaccessapplicationstopromptforelevation
    useraccountcontrol_behavioroftheelevationpromptforadministrators
    useraccountcontrol_behavioroftheelevationpromptforstandardusers
    useraccountcontrol_detectapplicationinstallationsandpromptforelevation
    useraccountcontrol_onlyelevateexecutablefilesthataresignedandvalidated
    useraccountcontrol_onlyelevateuiaccessapplicationsthatareinstalledinsecurelocations
    useraccountcontrol_runalladministratorsinadminapprovalmode
    useraccountcontrol_switchtothesecuredesktopwhenpromptingforelevation useraccountcontrol_useadminapprovalmode
    useraccountcontrol_virtualizefileandregistrywritefailurestoperuserlocations`,
  userrights: `
    accesscredentialmanagerastrustedcaller* accessfromnetwork* actaspartoftheoperatingsystem* allowlocallogon*
    backupfilesanddirectories* bypasstraversechecking* changesystemtime* createglobalobjects* createpagefile*
    createpermanentsharedobjects* createsymboliclinks* createtoken* debugprograms* denyaccessfromnetwork*
    denylocallogon* denyremotedesktopserviceslogon* enabledelegation* generatesecurityaudits* impersonateclient*
    increaseschedulingpriority* loadunloaddevicedrivers* lockmemory* manageauditingandsecuritylog* managevolume*
    modifyfirmwareenvironment* modifyobjectlabel* profilesingleprocess* remoteshutdown* restorefilesanddirectories*
    takeownership*`,
  defender: `
    allowarchivescanning allowbehaviormonitoring allowcloudprotection allowemailscanning
    allowfullscanonmappednetworkdrives allowfullscanremovabledrivescanning allowioavprotection allowrealtimemonitoring
    allowscanningnetworkfiles allowscriptscanning allowuseruiaccess avgcpuloadfactor#
    checkforsignaturesbeforerunningscan cloudblocklevel cloudextendedtimeout#
    controlledfolderaccessallowedapplications* controlledfolderaccessprotectedfolders* daystoretaincleanedmalware#
    disablecatchupfullscan disablecatchupquickscan enablecontrolledfolderaccess enablelowcpupriority
    enablenetworkprotection excludedextensions* excludedpaths* excludedprocesses* puaprotection realtimescandirection
    scanparameter schedulequickscantime# schedulescanday schedulescantime# signatureupdateinterval#
    submitsamplesconsent`,
  devicelock: `
    alphanumericdevicepasswordrequired devicepasswordenabled devicepasswordexpiration# devicepasswordhistory#
    maxdevicepasswordfailedattempts# maxinactivitytimedevicelock# mindevicepasswordlength# minimumpasswordage#
    preventenablinglockscreencamera preventlockscreenslideshow`,
  deviceguard: `
    configuresystemguardlaunch enablevirtualizationbasedsecurity lsacfgflags requireplatformsecurityfeatures`,
  virtualizationbasedtechnology: `hypervisorenforcedcodeintegrity requireuefimemoryattributestable`,
  mssecurityguide: `
    applyuacrestrictionstolocalaccountsonnetworklogon configuresmbv1clientdriver configuresmbv1server
    enablestructuredexceptionhandlingoverwriteprotection wdigestauthentication`,
  msslegacy: `
    allowicmpredirectstooverrideospfgeneratedroutes ipsourceroutingprotectionlevel ipv6sourceroutingprotectionlevel
    allowthecomputertoignorenetbiosnamereleaserequestsexceptfromwinsservers`,
  localsecurityauthority: `allowcustomsspsaps configurelsaprotectedprocess`,
  credentialproviders: `allowpinlogon blockpicturepassword disableautomaticredeploymentcredentials`,
  credentialsui: `disablepasswordreveal enumerateadministrators`,
  kerberos: `
    allowforestsearchorder cloudkerberosticketretrievalenabled kerberosclientsupportsclaimscompoundarmor
    requirekerberosarmoring requirestrictkdcvalidation`,
  lanmanworkstation: `enableinsecureguestlogons`,
  remotemanagement: `
    allowbasicauthentication_client allowbasicauthentication_service allowcredsspauthenticationclient
    allowcredsspauthenticationservice allowunencryptedtraffic_client allowunencryptedtraffic_service
    disallowdigestauthentication disallownegotiateauthenticationclient disallownegotiateauthenticationservice
    disallowstoringofrunascredentials`,
  remotedesktopservices: `
    allowuserstoconnectremotely clientconnectionencryptionlevel donotallowdriveredirection donotallowpasswordsaving
    promptforpassworduponconnection requiresecurerpccommunication`,
  remoteassistance: `customizewarningmessages sessionlogging solicitedremoteassistance unsolicitedremoteassistance`,
  remoteprocedurecall: `restrictunauthenticatedrpcclients rpcendpointmapperclientauthentication`,
  security: `
    allowaddprovisioningpackage allowremoveprovisioningpackage cleartpmifnotready
    preventautomaticdeviceencryptionforazureadjoineddevices requiredeviceencryption
    requireprovisioningpackagesignature requireretrievehealthcertificateonboot`,
  smartscreen: `enableappinstallcontrol enablesmartscreeninshell preventoverrideforfilesinshell`,
  windowsdefendersecuritycenter: `
    companyname$ disableaccountprotectionui disableappbrowserui disableclearatpmbutton disabledevicesecurityui
    disableenhancednotifications disablefamilyui disablehealthui disablenetworkui disablenotifications
    disabletpmfirmwareupdatewarning disablevirusui disallowexploitprotectionoverride email$ enablecustomizedtoasts
    enableinappcustomization hideransomwaredatarecovery hidesecureboot hidetpmtroubleshooting
    hidewindowssecuritynotificationareacontrol phone$ url$`,
  windowslogon: `
    allowautomaticrestartsignon configautomaticrestartsignon disablelockscreenappnotifications
    dontdisplaynetworkselectionui enablefirstlogonanimation enablempronotifications
    enumeratelocalusersondomainjoinedcomputers hidefastuserswitching`,
  windowspowershell: `turnonpowershellscriptblocklogging`,
  dataprotection: `allowdirectmemoryaccess`,
  dmaguard: `deviceenumerationpolicy`,
  cryptography: `allowfipsalgorithmpolicy`,
  deviceinstallation: `
    enableinstallationpolicylayering preventdevicemetadatafromnetwork preventinstallationofmatchingdeviceids
    preventinstallationofmatchingdevicesetupclasses preventinstallationofdevicesnotdescribedbyotherpolicysettings`,
  autoplay: `disallowautoplayfornonvolumedevices setdefaultautorunbehavior turnoffautoplay`,
};
